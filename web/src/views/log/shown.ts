/**
 * The rows that pass the filter, in order, brought up to date row by row as the journal grows.
 *
 * A shown row has an ordinal that it keeps; the first is `first`. Heights are counted in units of one row,
 * and the few tall rows are listed, so that a position is found without walking.
 */
import { Deque } from '../../store/deque.ts';
import type { Row } from '../../store/rows.ts';
import { isTall } from './row.ts';

/** What the list is made from. */
export interface Source {
  readonly length: number;
  readonly dropped: number;
  readonly hiddenBefore: number;
  at(index: number): Row | undefined;
}

export type Matcher = (row: Row) => boolean;

export class Shown {
  readonly #matches: Matcher | null;
  readonly #tallUnits: number;
  readonly #hiddenBefore: number;
  /** Absolute positions in the journal. */
  readonly #positions = new Deque<number>();
  /** Ordinals of tall rows. */
  readonly #talls = new Deque<number>();
  #first = 0;
  #dropped: number;
  #read: number;

  constructor(source: Source, matches: Matcher | null, tallUnits = 2) {
    this.#matches = matches;
    this.#tallUnits = tallUnits;
    this.#hiddenBefore = source.hiddenBefore;
    this.#dropped = source.dropped;
    this.#read = Math.max(source.hiddenBefore, source.dropped);
    this.update(source);
  }

  /** Takes in what came, lets go of what the journal dropped. Returns the units that went at the front. */
  update(source: Source): number {
    const gone = this.#forget(source);
    const end = source.dropped + source.length;
    this.#read = Math.max(this.#read, source.dropped);
    for (; this.#read < end; this.#read += 1) {
      const row = source.at(this.#read - source.dropped);
      if (row !== undefined && (this.#matches?.(row) ?? true)) this.#push(this.#read, row);
    }
    return gone;
  }

  get length(): number {
    return this.#positions.length;
  }

  /** Ordinal of the first shown row. */
  get first(): number {
    return this.#first;
  }

  /** Height of everything, in units. */
  get units(): number {
    return this.length + this.#talls.length * (this.#tallUnits - 1);
  }

  get hiddenBefore(): number {
    return this.#hiddenBefore;
  }

  positionAt(index: number): number | undefined {
    return this.#positions.at(index);
  }

  /** Index of the row at this absolute position, or -1. */
  indexOf(position: number): number {
    const at = firstFrom(this.#positions, position);
    return this.#positions.at(at) === position ? at : -1;
  }

  /** Index of the first row at or after this absolute position. */
  firstFrom(position: number): number {
    return firstFrom(this.#positions, position);
  }

  /** Units above the row at this index. */
  unitsBefore(index: number): number {
    return index + firstFrom(this.#talls, this.#first + index) * (this.#tallUnits - 1);
  }

  unitsOf(index: number): number {
    return this.#talls.at(firstFrom(this.#talls, this.#first + index)) === this.#first + index
      ? this.#tallUnits
      : 1;
  }

  /** Index of the row that covers this many units from the top. */
  indexAtUnit(unit: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.unitsBefore(middle) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #push(position: number, row: Row): void {
    if (isTall(row)) this.#talls.push(this.#first + this.length);
    this.#positions.push(position);
  }

  /** The row at `dropped` itself has become the gap that counts what was before it. */
  #forget(source: Source): number {
    const { dropped } = source;
    if (dropped === this.#dropped) return 0;
    this.#dropped = dropped;
    const unitsBefore = this.units;
    const count = firstFrom(this.#positions, dropped + 1);
    this.#positions.dropFront(count);
    this.#first += count;
    this.#talls.dropFront(firstFrom(this.#talls, this.#first));
    const gap = dropped < this.#hiddenBefore ? undefined : source.at(0);
    if (gap !== undefined && dropped < this.#read && (this.#matches?.(gap) ?? true)) {
      this.#positions.unshift(dropped);
      this.#first -= 1;
    }
    return unitsBefore - this.units;
  }
}

/** Index of the first value that is not below `least`, in a rising list. */
function firstFrom(values: Deque<number>, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values.at(middle) ?? Infinity) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
