/** How a lesson begins: anew, or after what was done of it before. */
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { doneByName, doneIn, resumed } from '@socket-playground/shared/lessons/resumed.ts';
import type { DoneBefore } from '@socket-playground/shared/lessons/resumed.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { RunWorld } from './phase.ts';

/** The option that was predicted in a step; null when nobody knows. */
type PredictedIn = (step: string) => number | null;

export type Start =
  /** `passed`: ids of the steps that were passed in this browser before, and what was predicted in them. */
  | { readonly is: 'opened'; readonly passed: readonly string[]; readonly predictedIn: PredictedIn }
  | { readonly is: 'reset' }
  /** The agent was restarted in the middle of this attempt. */
  | { readonly is: 'restarted'; readonly before: Attempt };

/** `before`: the attempt so far, whose sockets are gone. */
export const startAfter = (
  before: Attempt | null,
  { passed, answersOf }: Pick<RunWorld, 'passed' | 'answersOf'>,
): Start =>
  before === null
    ? { is: 'opened', passed, predictedIn: (step) => answersOf(step)?.predicted ?? null }
    : { is: 'restarted', before };

/** Why it goes on with new sockets; null when it begins anew. */
export type TakenUp = 'returned' | 'restarted' | null;

/** The attempt to go on with, on a scene just made. */
export function takenUp(
  lesson: Lesson,
  fresh: Attempt,
  start: Start,
): { readonly attempt: Attempt; readonly how: TakenUp } {
  switch (start.is) {
    case 'opened': {
      const done = withPredictions(lesson, doneByName(lesson, fresh, start.passed), start.predictedIn);
      return { attempt: resumed(lesson, fresh, done), how: done.size > 0 ? 'returned' : null };
    }
    case 'restarted':
      return { attempt: resumed(lesson, fresh, doneIn(start.before)), how: 'restarted' };
    case 'reset':
      return { attempt: fresh, how: null };
    default:
      return unreachable(start);
  }
}

/** The lesson may have other options by now: what is none of them is not known. */
const withPredictions = ({ steps }: Lesson, done: DoneBefore, predictedIn: PredictedIn): DoneBefore =>
  new Map(
    [...done].map(([index, state]) => {
      const { id = '', predict } = steps[index] ?? {};
      const predicted = predictedIn(id);
      const isThere = predicted !== null && predict?.options[predicted] !== undefined;
      return [index, isThere ? { ...state, predicted } : state] as const;
    }),
  );
