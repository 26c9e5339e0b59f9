/** When words to a wrong attempt have had their time: the next attempt is visibly under way. */
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { LessonJournal } from '@socket-playground/shared/lessons/journal.ts';
import { spokenOf } from '@socket-playground/shared/lessons/spoken.ts';
import { definitionsOf } from '@socket-playground/shared/lessons/view.ts';
import type { Rejection } from './notes.ts';

/** What an attempt causes comes within this time; what comes later is another one. */
const echoNs = 500e6;
/** Whoever begins again opens a socket, calls somebody or sends, whatever the step asks for. */
const beginnings = new Set(['opened', 'connecting', 'sent']);

/** Whether something has happened since that the open step may speak of. */
export function isOvertaken(
  lesson: Lesson,
  step: number,
  { seq, after }: Rejection,
  journal: LessonJournal,
): boolean {
  const asked = lesson.steps[step];
  if (asked === undefined) return false;
  const { types } = spokenOf(asked, definitionsOf(lesson));
  let from: number | null = seq === null ? -Infinity : null;
  for (const event of journal.events(seq ?? after)) {
    from ??= event.time + echoNs;
    if (event.seq > after && event.time > from && (types.has(event.type) || beginnings.has(event.type)))
      return true;
  }
  return false;
}
