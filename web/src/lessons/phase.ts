/** How far a lesson is from being played, and what it needs to be. */
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Store } from '../store/store.svelte.ts';
import type { StepAnswers } from './given-answers.ts';
import type { KeptAttempt } from './kept-attempt.ts';
import type { PerformerWorld } from './performer.ts';

export type Phase =
  /** Until the agent answers, and this page has caught up with it. */
  | { readonly is: 'waiting' }
  /** Its sockets are being made. */
  | { readonly is: 'making' }
  | { readonly is: 'going' }
  /** Its sockets could not be made. */
  | { readonly is: 'failed'; readonly problem: Problem };

/** Its sockets could not be made. Without an agent there is nothing to say but that one waits. */
export const phaseWithout = (problem: Problem, isLost: boolean): Phase =>
  isLost ? { is: 'waiting' } : { is: 'failed', problem };

export interface RunWorld extends PerformerWorld {
  readonly store: Store;
  readonly kept: KeptAttempt;
  /** Resolves once the sockets of the lesson before are gone: what is left of them is no part of this one. */
  readonly ready: Promise<unknown>;
  /** Ids of the steps that were passed in this browser when it was opened. */
  readonly passed: readonly string[];
  /** What was answered in one of them. */
  readonly answersOf: (step: string) => StepAnswers | null;
  readonly onpassed: (step: string, answers: StepAnswers) => void;
  /** It begins: nothing of what was done before should be in the way. */
  readonly onbegin: () => void;
  /** The learner works with the sockets alone now: what is opened there is no part of the lesson. */
  readonly isBeside: () => boolean;
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
}
