import { answer } from '@socket-playground/shared/lessons/attempt.ts';
import type { LessonJournal } from '@socket-playground/shared/lessons/journal.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { Given } from '@socket-playground/shared/lessons/questions.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { awaitsPrediction } from './awaits-prediction.ts';

/** What a solution answers is right once its rows are here: until then it is too early. A prediction never is. */
export function isEarly(
  lesson: Lesson,
  attempt: Attempt | null,
  given: Given,
  journal: LessonJournal,
): boolean {
  if (attempt === null || awaitsPrediction(lesson, attempt)) return false;
  return !answer(lesson, attempt, given, journal).verdict.right;
}
