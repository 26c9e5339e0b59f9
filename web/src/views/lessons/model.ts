/** What the list of lessons and the head and foot of one say. */
import { allLessons, markOf, unitOf } from '../../lessons/catalogue.ts';
import type { Catalogue, ListedLesson, ListedUnit, Mark } from '../../lessons/catalogue.ts';
import type { StepsPassed } from '../../lessons/steps-passed.ts';
import { plural } from '../words.ts';

export interface ListLine {
  readonly lesson: ListedLesson;
  readonly mark: Mark;
  /** `3 min`, and how much of it is done once it is begun. */
  readonly says: string;
}

export interface ListUnit {
  readonly unit: ListedUnit;
  readonly done: number;
  readonly lines: readonly ListLine[];
  /** What is left of it. */
  readonly minutes: number;
}

export const listOf = (catalogue: Catalogue, passed: StepsPassed): readonly ListUnit[] =>
  catalogue.map((unit) => {
    const lines = unit.lessons.map((lesson) => lineOf(lesson, passed));
    const left = lines.filter(({ mark }) => mark !== 'done');
    return {
      unit,
      lines,
      done: lines.length - left.length,
      minutes: left.reduce((sum, { lesson }) => sum + lesson.minutes, 0),
    };
  });

function lineOf(lesson: ListedLesson, passed: StepsPassed): ListLine {
  const mark = markOf(lesson, passed);
  const done = lesson.steps.filter((step) => passed.get(lesson.id)?.includes(step)).length;
  const minutes = `${lesson.minutes} min`;
  return { lesson, mark, says: mark === 'begun' ? `${done} of ${lesson.steps.length} steps` : minutes };
}

export const unitWords = ({ done, lines, minutes }: ListUnit): string =>
  done === lines.length ? 'done' : `${done} of ${lines.length}, ${minutes} min left`;

export function progressWords(catalogue: Catalogue, passed: StepsPassed): string {
  const all = allLessons(catalogue);
  const done = all.filter((lesson) => markOf(lesson, passed) === 'done').length;
  return done === 0 ? plural(all.length, 'lesson') : `${done} of ${plural(all.length, 'lesson')} done`;
}

/** The lessons of one unit as pips: done, the one that is open, or to come. */
export interface Pips {
  readonly unit: ListedUnit;
  readonly pips: readonly ('done' | 'now' | 'new')[];
  /** `6 of 8`. */
  readonly says: string;
  /** The last one of its unit. */
  readonly isEnd: boolean;
}

export function pipsOf(catalogue: Catalogue, lesson: string, passed: StepsPassed): Pips | null {
  const unit = unitOf(catalogue, lesson);
  if (unit === undefined) return null;
  const at = unit.lessons.findIndex(({ id }) => id === lesson);
  return {
    unit,
    pips: unit.lessons.map((each, index) =>
      index === at ? 'now' : markOf(each, passed) === 'done' ? 'done' : 'new',
    ),
    says: `${at + 1} of ${unit.lessons.length}`,
    isEnd: at === unit.lessons.length - 1,
  };
}
