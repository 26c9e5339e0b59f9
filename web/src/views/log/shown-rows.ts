/** Which rows are shown, by their absolute positions. An ordinal stays with its row. */
import { Positions } from '../../store/positions.ts';

export interface ShownRows {
  readonly length: number;
  /** Ordinal of the first row. */
  readonly first: number;
  positionAt(index: number): number | undefined;
  /** Index of the first row at or after this position. */
  firstFrom(position: number): number;
  /** Positions rise. Returns the row's ordinal. */
  push(position: number): number;
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
    push: (position) => {
      if (end === first) first = position;
      end = position + 1;
      return position;
    },
    dropBefore: (position, isShown) => {
      first = Math.max(first, isShown ? position : position + 1);
      end = Math.max(first, end);
      return position + 1;
    },
  };
}

/** Those that were found. */
export function someRows(): ShownRows {
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
    push: (position) => {
      positions.push(position);
      return first + positions.length - 1;
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
