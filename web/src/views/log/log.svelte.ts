/**
 * What the log shows of the journal: filter, place, and whether it follows the tail.
 *
 * Following is a latch: scrolling up lets go of it, reaching the tail or `Follow` takes it again. It also lets go
 * before the selected row would leave the view. While it is off, new rows move nothing.
 */
import { nextFrame, oncePerFrame } from '../../store/painting/frame.ts';
import type { Scheduler } from '../../store/painting/frame.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';
import type { Row } from '../../store/rows/rows.ts';
import { offsetAfter, scrollHeight, scrollTopOf } from '../../ui/scroll-window.ts';
import type { Sieve } from './filter/sieve.ts';
import type { Term } from './filter/terms.ts';
import { forAWhile, Shown } from './shown.ts';

/** One row of the pool: what it shows, and where, px from the log's `originPx`. */
export interface Slot {
  readonly index: number;
  readonly row: Row;
  readonly above: Row | undefined;
  readonly topPx: number;
  readonly heightPx: number;
}

/** Closer to the tail than this is at the tail. */
const tailPx = 4;
/** While it does not follow, the origin moves in steps of this. */
const originStepPx = 8_000;

/** What goes through the rows with these terms; null: all pass. */
type SieveOf = (terms: readonly Term[]) => Sieve | null;

export class Log {
  readonly #journal: Journal;
  readonly #sieveOf: SieveOf;
  #shown: Shown;
  /** Changes when `#shown` did. */
  #version = $state.raw(0);
  #generation = 0;
  #terms: readonly Term[] = $state.raw([]);
  #follow = $state.raw(true);
  /** Where the view stands while it does not follow. */
  #offset = $state.raw(0);
  /** Ordinal behind the last row that was seen. */
  #seen = $state.raw(0);
  /** Ordinal of the selected row. */
  #selected: number | null = null;
  /** Absolute position of the row that is brought back to the top once the search has come that far. */
  #anchor: number | null = null;
  readonly #searchOn: () => void;
  rowPx = $state.raw(20);
  viewPx = $state.raw(0);
  /** Height of a row with an explanation, in rows. */
  #tallUnits = 2;

  readonly #units = $derived.by(() => (this.#version, this.#shown.units));
  readonly #extent = $derived({ contentPx: this.#units * this.rowPx, viewPx: this.viewPx });
  readonly #furthest = $derived(Math.max(0, this.#extent.contentPx - this.viewPx));
  readonly #top = $derived(this.#follow ? this.#furthest : Math.min(this.#offset, this.#furthest));
  readonly heightPx = $derived(scrollHeight(this.#extent));
  readonly scrollTop = $derived(scrollTopOf(this.#top, this.#extent));
  /** Where the pool stands in the scrolled element, px: while it follows, new rows move it and not each row in it. */
  readonly originPx = $derived(
    this.#follow ? this.scrollTop : Math.floor(this.scrollTop / originStepPx) * originStepPx,
  );
  readonly length = $derived.by(() => (this.#version, this.#shown.length));
  /** Rows that came since the view stopped following. */
  readonly unseen = $derived.by(() => {
    return this.#follow ? 0 : (this.#version, Math.max(0, this.#end - this.#seen));
  });
  /** How much of the journal the filter has looked at, 0 to 1; null when it has seen all. */
  readonly searched = $derived.by(() => {
    return (this.#version, this.#shown.isDone) ? null : this.#shown.progress;
  });
  #slots: readonly (Slot | null)[] = [];
  readonly slots: readonly (Slot | null)[] = $derived.by(() => (this.#slots = this.#window(this.#slots)));

  constructor(journal: Journal, sieveOf: SieveOf, schedule: Scheduler = nextFrame) {
    this.#journal = journal;
    this.#sieveOf = sieveOf;
    this.#searchOn = oncePerFrame(() => this.sync(), schedule);
    this.#shown = new Shown(journal, null);
    this.#look();
  }

  get follow(): boolean {
    return this.#follow;
  }

  get terms(): readonly Term[] {
    return this.#terms;
  }

  get #end(): number {
    return this.#shown.first + this.#shown.length;
  }

  /** Takes in what the journal has gained and lost. */
  sync(): void {
    if (this.#shown.hiddenBefore !== this.#journal.hiddenBefore) {
      // Nothing is left to stand at: what comes next is what is wanted.
      if (this.#shown.hiddenBefore < this.#journal.hiddenBefore) this.#follow = true;
      return this.#rebuild();
    }
    const end = this.#end;
    const gone = this.#look();
    if (!this.#follow && this.#anchor !== null) this.#placeAnchor(this.#anchor);
    else if (!this.#follow) this.#offset = Math.max(0, this.#offset - gone * this.rowPx);
    else this.#holdSelected(gone * this.rowPx, end);
    this.#version += 1;
  }

  /**
   * Takes in what came and has the rows at the tail, px from the top of the view. Who follows this log is told nothing:
   * `sync` does that. Null when the view does not stand at the tail, or not all rows have been looked at.
   */
  tail(): readonly Slot[] | null {
    if (this.#shown.hiddenBefore !== this.#journal.hiddenBefore) return null;
    const end = this.#end;
    const gone = this.#look();
    if (!this.#follow || !this.#shown.isDone) return null;
    return this.#holdSelected(gone * this.rowPx, end) ? null : this.#tailSlots();
  }

  #tailSlots(): readonly Slot[] {
    const topPx = Math.max(0, this.#shown.units * this.rowPx - this.viewPx);
    const first = this.#shown.indexAtUnit(Math.floor(topPx / this.rowPx));
    return Array.from({ length: this.#shown.length - first }, (_, place) => first + place).flatMap(
      (index) => {
        const row = this.at(index);
        return row === undefined ? [] : [this.#slot(index, row, -topPx)];
      },
    );
  }

  filter(terms: readonly Term[]): void {
    this.#terms = terms;
    this.#rebuild();
  }

  /** Heights changed with the layout. */
  measure(rowPx: number, tallUnits: number): void {
    const unit = this.#top / this.rowPx;
    this.rowPx = rowPx;
    this.#offset = unit * rowPx;
    if (tallUnits === this.#tallUnits) return;
    this.#tallUnits = tallUnits;
    this.#rebuild();
  }

  /** The scrollbar stands somewhere else than it was put: somebody scrolled. */
  scrolled(scrollTop: number): void {
    if (Math.abs(scrollTop - this.scrollTop) < 1) return;
    this.#moveTo(offsetAfter(scrollTop, this.#top, this.#extent));
  }

  setFollow(follow: boolean): void {
    if (follow === this.#follow) return;
    if (!follow) this.sync();
    this.#offset = this.#top;
    this.#seen = this.#end;
    this.#follow = follow;
  }

  /** Index of the journal's row, or -1 when the filter or `Clear` hides it. */
  indexOf(position: number): number {
    return this.#shown.indexOf(position);
  }

  /** Absolute position of the row at this index of what is shown. */
  positionAt(index: number): number | undefined {
    return this.#shown.positionAt(index);
  }

  /** Index of the first shown row at or after this absolute position. */
  firstFrom(position: number): number {
    return this.#shown.firstFrom(position);
  }

  /** Changes when other rows are shown, by another filter or `Clear`; not when rows are added. */
  get generation(): number {
    return this.#generation;
  }

  /** The row at this index of what is shown. */
  at(index: number): Row | undefined {
    const position = this.#shown.positionAt(index);
    return position === undefined ? undefined : this.#journal.rowAt(position);
  }

  /** Which row must stay in view while it can. */
  hold(index: number): void {
    this.#selected = index < 0 ? null : this.#shown.first + index;
  }

  /** Moves as little as needed so that the row is seen whole. */
  reveal(index: number): void {
    const top = this.#shown.unitsBefore(index) * this.rowPx;
    const bottom = top + this.#shown.unitsOf(index) * this.rowPx;
    if (top < this.#top) this.#moveTo(top);
    else if (bottom > this.#top + this.viewPx) this.#moveTo(bottom - this.viewPx);
  }

  /** Whole rows that fit the view. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.viewPx / this.rowPx) - 1);
  }

  #moveTo(offset: number): void {
    const atTail = offset >= this.#furthest - tailPx;
    if (!atTail && this.#follow) this.#seen = this.#end;
    this.#offset = offset;
    this.#anchor = null;
    this.#follow = atTail;
    const lastUnit = Math.floor((offset + this.viewPx) / this.rowPx) - 1;
    this.#seen = Math.max(this.#seen, this.#shown.first + this.#shown.indexAtUnit(lastUnit) + 1);
  }

  /** Stops following when the selected row, seen so far, would leave the view with the rows that came. Says whether it did. */
  #holdSelected(gonePx: number, seen: number): boolean {
    const index = (this.#selected ?? -Infinity) - this.#shown.first;
    if (index < 0) return false;
    const before = this.#top - gonePx;
    const top = this.#shown.unitsBefore(index) * this.rowPx;
    const nextTop = this.#shown.units * this.rowPx - this.viewPx;
    if (top < before || top >= nextTop) return false;
    this.#seen = seen;
    this.#offset = Math.max(0, before);
    this.#follow = false;
    return true;
  }

  /** Takes in rows for a while; what is left follows in the next frames. Returns the units that went at the front. */
  #look(): number {
    const gone = this.#shown.update(this.#journal, forAWhile());
    if (!this.#shown.isDone) this.#searchOn();
    return gone;
  }

  #rebuild(): void {
    const top = this.#shown.positionAt(this.#shown.indexAtUnit(this.#top / this.rowPx));
    this.#generation += 1;
    this.#shown = new Shown(this.#journal, this.#sieveOf(this.#terms), this.#tallUnits);
    this.#selected = null;
    this.#look();
    this.#seen = this.#end;
    const anchor = this.#anchor ?? top;
    if (!this.#follow && anchor !== undefined) this.#placeAnchor(anchor);
    this.#version += 1;
  }

  /** Brings the row at this position to the top; as long as it has not been come to, what is nearest. */
  #placeAnchor(position: number): void {
    this.#offset = this.#shown.unitsBefore(this.#shown.firstFrom(position)) * this.rowPx;
    this.#anchor = this.#shown.isDone ? null : position;
  }

  /** What did not change is handed out again, so that it is not drawn again. */
  #window(before: readonly (Slot | null)[]): readonly (Slot | null)[] {
    const shown = (this.#version, this.#shown);
    const shift = this.scrollTop - this.#top - this.originPx;
    const count = Math.ceil(this.viewPx / this.rowPx) + 1;
    const first = shown.indexAtUnit(Math.floor(this.#top / this.rowPx));
    let changed = before.length !== count;
    const slots = Array.from({ length: count }, (_, place) => {
      const row = this.at(first + place);
      const slot = row === undefined ? null : this.#slot(first + place, row, shift);
      const known = before[place];
      if (known !== undefined && isSame(known, slot)) return known;
      changed = true;
      return slot;
    });
    return changed ? slots : before;
  }

  #slot(index: number, row: Row, shift: number): Slot {
    return {
      index,
      row,
      above: index > 0 ? this.at(index - 1) : undefined,
      topPx: this.#shown.unitsBefore(index) * this.rowPx + shift,
      heightPx: this.#shown.unitsOf(index) * this.rowPx,
    };
  }
}

const isSame = (a: Slot | null, b: Slot | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.index === b.index &&
    a.row === b.row &&
    a.above === b.above &&
    a.topPx === b.topPx &&
    a.heightPx === b.heightPx);
