/** Which rows are shown, by their absolute positions. An ordinal stays with its row. */
import type { Section } from '../../store/columns/columns.ts';
import { Positions } from '../../store/journal/positions.ts';
import type { Sieve } from './filter/sieve.ts';

export interface ShownRows {
  readonly length: number;
  /** Ordinal of the first row. */
  readonly first: number;
  positionAt(index: number): number | undefined;
  /** Index of the first row at or after this position. */
  firstFrom(position: number): number;
  /** Takes in the rows of a section, which stand behind all that were taken. */
  take(section: Section): void;
  /**
   * Lets go of the rows before `position`. The row there has become a gap: `isShown` says whether it is listed,
   * whatever it was. Returns the ordinal of the first row that is as it was.
   */
  dropBefore(position: number, isShown: boolean): number;
}

/** All of them from a position on: nothing needs to be listed, the ordinals are the positions. */
export function allRows(begin: number): ShownRows {
  let first = begin;
  let end = begin;
  return {
    get length() {
      return end - first;
    },
    get first() {
      return first;
    },
    positionAt: (index) => (index < 0 || index >= end - first ? undefined : first + index),
    firstFrom: (position) => Math.min(Math.max(0, position - first), end - first),
    take: ({ base, from, to }) => {
      if (end === first) first = base + from;
      end = base + to;
    },
    dropBefore: (position, isShown) => {
      first = Math.max(first, isShown ? position : position + 1);
      end = Math.max(first, end);
      return position + 1;
    },
  };
}

/** Those that pass. */
export function sievedRows(sieve: Sieve): ShownRows {
  const positions = new Positions();
  let first = 0;
  return {
    get length() {
      return positions.length;
    },
    get first() {
      return first;
    },
    positionAt: (index) => positions.at(index),
    firstFrom: (position) => positions.firstFrom(position),
    take: (section) => {
      const marks = sieve(section);
      for (let slot = marks.indexOf(1, section.from); slot >= 0; slot = nextMark(marks, slot + 1)) {
        positions.push(section.base + slot);
      }
    },
    dropBefore: (position, isShown) => {
      const count = positions.firstFrom(position + 1);
      positions.dropFront(count);
      first += count;
      const firstWhole = first;
      if (isShown) {
        positions.unshift(position);
        first -= 1;
      }
      return firstWhole;
    },
  };
}

/** The browser's search is fast over what is empty, and slow to begin where marks stand close. */
const nextMark = (marks: Uint8Array, slot: number): number =>
  marks[slot] === 1 ? slot : marks.indexOf(1, slot);
