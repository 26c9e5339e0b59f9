/** How a lesson begins: anew, or after what was done of it before. */
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { doneByName, doneIn, resumed } from '@socket-playground/shared/lessons/resumed.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';

export type Start =
  /** `passed`: ids of the steps that were passed in this browser before. */
  | { readonly is: 'opened'; readonly passed: readonly string[] }
  | { readonly is: 'reset' }
  /** The agent was restarted in the middle of this attempt. */
  | { readonly is: 'restarted'; readonly before: Attempt };

/** `before`: the attempt so far, whose sockets are gone. */
export const startAfter = (before: Attempt | null, passed: readonly string[]): Start =>
  before === null ? { is: 'opened', passed } : { is: 'restarted', before };

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
      const done = doneByName(lesson, fresh, start.passed);
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
