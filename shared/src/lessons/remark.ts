/** What is said of a step that is neither right nor wrong: nobody should wait for an answer that cannot come. */
import type { View } from './choices.ts';
import { goneFor } from './gone.ts';
import type { Lesson } from './lesson.ts';
import { lineSoFar } from './so-far.ts';
import type { Attempt } from './state.ts';

/** `isWaiting`: for the prediction, before which nothing that is sent counts. */
export function remarkOn(lesson: Lesson, attempt: Attempt, view: View, isWaiting: boolean): string | null {
  const gone = goneFor(lesson, attempt, view);
  if (gone !== null) return `“${gone}” is closed, and this step needs it. Reset lesson makes it again.`;
  const step = lesson.steps[attempt.step];
  const soFar = step === undefined || isWaiting ? null : lineSoFar(step, view);
  return soFar === null
    ? null
    : `So far the server has “${soFar}”, and no line end. It comes with LF after “then append”.`;
}
