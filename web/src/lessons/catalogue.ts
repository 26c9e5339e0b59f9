/** What there is to learn, in order, and what a list of it wants to know. */
import type { catalogue } from 'virtual:lessons';
import type { StepsPassed } from './steps-passed.ts';

export type Catalogue = typeof catalogue;
export type ListedUnit = Catalogue[number];
export type ListedLesson = ListedUnit['lessons'][number];

export const allLessons = (catalogue: Catalogue): readonly ListedLesson[] =>
  catalogue.flatMap(({ lessons }) => lessons);

export function unitOf(catalogue: Catalogue, lesson: string): ListedUnit | undefined {
  return catalogue.find(({ lessons }) => lessons.some(({ id }) => id === lesson));
}

/** The lesson behind this one, across units. */
export function nextLesson(catalogue: Catalogue, lesson: string): ListedLesson | undefined {
  const all = allLessons(catalogue);
  const at = all.findIndex(({ id }) => id === lesson);
  return at < 0 ? undefined : all[at + 1];
}

/** How far somebody came with a lesson. */
export type Mark = 'done' | 'begun' | 'new';

export function markOf({ id, steps }: ListedLesson, passed: StepsPassed): Mark {
  const done = passed.get(id) ?? [];
  if (steps.every((step) => done.includes(step))) return 'done';
  return done.length > 0 ? 'begun' : 'new';
}

/** Where to go on: the first lesson begun, else the first one that is not done. */
export function goOnWith(catalogue: Catalogue, passed: StepsPassed): ListedLesson | undefined {
  const all = allLessons(catalogue);
  return (
    all.find((lesson) => markOf(lesson, passed) === 'begun') ??
    all.find((lesson) => markOf(lesson, passed) === 'new')
  );
}
