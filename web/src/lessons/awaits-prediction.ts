import { predictionOf } from '@socket-playground/shared/lessons/attempt.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';

/** Whether the open step has a prediction that is not locked in: it comes before every question. */
export function awaitsPrediction({ steps }: Lesson, attempt: Attempt): boolean {
  const step = steps[attempt.step];
  if (step === undefined || predictionOf(attempt, step) === null) return false;
  return attempt.steps[attempt.step]?.predicted === null;
}
