import type { Row } from '../../store/rows/rows.ts';
import type { Desk } from '../traffic/desk.svelte.ts';
import { lanesOfEvent, otherSideOf } from './joins.ts';
import type { OtherSide } from './joins.ts';
import { Ladder } from './ladder.ts';
import { lanesOf } from './lanes.ts';
import type { Lane } from './lanes.ts';
import { zoomLimits } from './limits.ts';
import { Scale } from './scale.ts';

/** The rows that the log shows of the present run, each with its place on the scale and what it belongs to. */
export class PlacedRows {
  readonly #desk: Desk;
  #ladder: Ladder;
  #lanes: readonly Lane[] = [];
  #scale = new Scale(zoomLimits.reading);
  /** What the scale was made from: other rows make another. */
  #made = '';
  /** Index in the log of the scale's first row. */
  #base = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#ladder = new Ladder(desk.store.journal);
  }

  get ladder(): Ladder {
    return this.#ladder;
  }

  /** All there are, whoever is in view. */
  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  get scale(): Scale {
    return this.#scale;
  }

  get length(): number {
    return this.#scale.length;
  }

  /** Takes in what the journal has become. */
  sync(): void {
    const { journal } = this.#desk.store;
    if (this.#ladder.run !== journal.run) this.#ladder = new Ladder(journal);
    if (this.#ladder.update(journal) || this.#lanes.length === 0) this.#lanes = lanesOf(this.#ladder);
  }

  /**
   * Takes in the rows that came, on a new scale when it is of other rows or another unit. Answers whether places have become
   * others.
   */
  rescale(unit: number): boolean {
    const { log, store } = this.#desk;
    const { journal } = store;
    const made = [log.generation, journal.run, journal.dropped, unit].join(' ');
    const [isNew, isFirst] = [made !== this.#made, this.#made === ''];
    if (isNew) {
      this.#base = log.firstFrom(journal.runBegin);
      this.#scale = new Scale(unit);
      this.#made = made;
    }
    for (let index = this.length; index < log.length - this.#base; index += 1) {
      this.#scale.push(journal.timeAt(this.positionAt(index) ?? -1));
    }
    return isNew && !isFirst;
  }

  /** Index of the shown row at this position, or -1. */
  indexOf(position: number): number {
    const index = this.#desk.log.indexOf(position) - this.#base;
    return index < 0 || index >= this.length ? -1 : index;
  }

  positionAt(index: number): number | undefined {
    return this.#desk.log.positionAt(this.#base + index);
  }

  rowAt(index: number): Row | undefined {
    return this.#desk.store.journal.rowAt(this.positionAt(index) ?? -1);
  }

  /** Index of the first shown row at this position or behind it. */
  firstFrom(position: number): number {
    return this.#desk.log.firstFrom(position) - this.#base;
  }

  /** The lanes of a row: its own, and the one at the other end. */
  lanesOf(position: number): readonly string[] {
    const row = this.#desk.store.journal.rowAt(position);
    return row?.kind === 'event' ? lanesOfEvent(row.event, this.otherSide(position), this.#ladder) : [];
  }

  otherSide(position: number): OtherSide | null {
    const { journal } = this.#desk.store;
    const row = journal.rowAt(position);
    return row?.kind === 'event' && row.run === journal.run
      ? otherSideOf(row, position, this.#ladder, journal)
      : null;
  }
}
