/**
 * The rows that pass the filter, in order, brought up to date as the journal grows.
 *
 * A shown row has an ordinal that it keeps; the first is `first`. Heights are counted in units of one row,
 * and the few tall rows are listed, so that a position is found without walking.
 */
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import { failedType } from '../../store/columns/row-block.ts';
import type { Section } from '../../store/columns/columns.ts';
import { Positions } from '../../store/journal/positions.ts';
import type { Sieve } from './filter/sieve.ts';
import { allRows, sievedRows } from './shown-rows.ts';
import type { ShownRows } from './shown-rows.ts';

/** What the list is made from. */
export interface Source {
  /** Absolute positions of the first row and behind the last. */
  readonly dropped: number;
  readonly end: number;
  readonly hiddenBefore: number;
  sections(from: number, to: number): Iterable<Section>;
}

/** Asked after each part of a long search: whether it goes on now. */
export type GoesOn = () => boolean;

const always: GoesOn = () => true;

/** How long the page looks for rows before it paints again, ms. */
const searchMs = 10;

/** Until it is time to paint again. */
export function forAWhile(): GoesOn {
  const until = performance.now() + searchMs;
  return () => performance.now() < until;
}

/** The same rows, no more than so many at once. */
function* partsOf(section: Section, rows: number): Generator<Section> {
  for (let { from } = section; from < section.to; from += rows) {
    yield { ...section, from, to: Math.min(section.to, from + rows) };
  }
}

export class Shown {
  readonly #tallUnits: number;
  readonly #partRows: number;
  readonly #hiddenBefore: number;
  readonly #rows: ShownRows;
  /** Ordinals of tall rows. */
  readonly #talls = new Positions();
  readonly #begin: number;
  #dropped: number;
  /** Absolute positions: what is before `#read` has been looked at, what is before `#end` is there. */
  #read: number;
  #end: number;

  /** Looks at nothing yet: `update` does. */
  constructor(source: Source, sieve: Sieve | null, tallUnits = 2) {
    this.#tallUnits = tallUnits;
    this.#partRows = sieve?.partRows ?? Infinity;
    this.#hiddenBefore = source.hiddenBefore;
    this.#dropped = source.dropped;
    this.#read = Math.max(source.hiddenBefore, source.dropped);
    this.#begin = this.#read;
    this.#end = this.#read;
    this.#rows = sieve === null ? allRows(this.#read) : sievedRows(sieve);
  }

  /**
   * Lets go of what the journal dropped and takes in what came, as long as it may go on; returns the units that went
   * at the front. Unless `isDone`, it is to be called again.
   */
  update(source: Source, goesOn: GoesOn = always): number {
    const gone = this.#forget(source);
    this.#end = source.end;
    this.#read = Math.max(this.#read, source.dropped);
    for (const section of source.sections(this.#read, this.#end)) {
      for (const part of partsOf(section, this.#partRows)) {
        this.#take(part);
        this.#read = part.base + part.to;
        if (!goesOn()) return gone;
      }
    }
    return gone;
  }

  get isDone(): boolean {
    return this.#read >= this.#end;
  }

  /** How much has been looked at, 0 to 1. */
  get progress(): number {
    return this.isDone ? 1 : (this.#read - this.#begin) / (this.#end - this.#begin);
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Ordinal of the first shown row. */
  get first(): number {
    return this.#rows.first;
  }

  /** Height of everything, in units. */
  get units(): number {
    return this.length + this.#talls.length * (this.#tallUnits - 1);
  }

  get hiddenBefore(): number {
    return this.#hiddenBefore;
  }

  positionAt(index: number): number | undefined {
    return this.#rows.positionAt(index);
  }

  /** Index of the row at this absolute position, or -1. */
  indexOf(position: number): number {
    const at = this.#rows.firstFrom(position);
    return this.#rows.positionAt(at) === position ? at : -1;
  }

  /** Index of the first row at or after this absolute position. */
  firstFrom(position: number): number {
    return this.#rows.firstFrom(position);
  }

  /** Units above the row at this index. */
  unitsBefore(index: number): number {
    return index + this.#talls.firstFrom(this.first + index) * (this.#tallUnits - 1);
  }

  unitsOf(index: number): number {
    const ordinal = this.first + index;
    return this.#talls.at(this.#talls.firstFrom(ordinal)) === ordinal ? this.#tallUnits : 1;
  }

  /** Index of the row that covers this many units from the top. */
  indexAtUnit(unit: number): number {
    return firstWhere(1, this.length, (index) => this.unitsBefore(index) > unit) - 1;
  }

  #take(section: Section): void {
    this.#rows.take(section);
    const { types } = section.block;
    for (
      let slot = types.indexOf(failedType, section.from);
      slot >= 0 && slot < section.to;
      slot = types.indexOf(failedType, slot + 1)
    ) {
      const index = this.indexOf(section.base + slot);
      if (index >= 0) this.#talls.push(this.first + index);
    }
  }

  /** The row at `dropped` itself has become the gap that counts what was before it. */
  #forget({ dropped }: Source): number {
    if (dropped === this.#dropped) return 0;
    this.#dropped = dropped;
    const unitsBefore = this.units;
    const gapIsShown = dropped >= this.#hiddenBefore && dropped < this.#read;
    const firstWhole = this.#rows.dropBefore(dropped, gapIsShown);
    this.#talls.dropFront(this.#talls.firstFrom(firstWhole));
    return unitsBefore - this.units;
  }
}
