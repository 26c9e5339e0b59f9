/** What can be asked of a step. */
import type { Given } from '@socket-playground/shared/lessons/questions.ts';

export type StepDoing =
  | { readonly is: 'lock'; readonly option: number }
  | { readonly is: 'answer'; readonly given: Given }
  | { readonly is: 'hint' }
  /** The solution is to be read. */
  | { readonly is: 'look' }
  /** Performs what the solution says. */
  | { readonly is: 'solve' }
  | { readonly is: 'decoy' }
  /** The button that the step brings along. */
  | { readonly is: 'act' };
