/**
 * What the log shows of the journal: filter, place, and whether it follows the tail.
 *
 * Following is a latch: scrolling up lets go of it, reaching the tail or `Follow` takes it again. It also lets go
 * before the selected row would leave the view. While it is off, new rows move nothing.
 */
import type { Journal } from '../../store/journal.svelte.ts';
import type { Row } from '../../store/rows.ts';
import { offsetOf, scrollHeight, scrollTopOf } from '../../ui/scroll-window.ts';
import { matcherOf } from './filter/match.ts';
import type { Term } from './filter/terms.ts';
import { Shown } from './shown.ts';

/** One row of the pool: what it shows, and where, px from the top of the scrolled element. */
export interface Slot {
  readonly index: number;
  readonly row: Row;
  readonly above: Row | undefined;
  readonly topPx: number;
  readonly heightPx: number;
}

/** Closer to the tail than this is at the tail. */
const tailPx = 4;

export class Log {
  readonly #journal: Journal;
  #shown: Shown;
  /** Changes when `#shown` did. */
  #version = $state.raw(0);
  #terms: readonly Term[] = $state.raw([]);
  #follow = $state.raw(true);
  /** Where the view stands while it does not follow. */
  #offset = $state.raw(0);
  /** Ordinal behind the last row that was seen. */
  #seen = $state.raw(0);
  /** Ordinal of the selected row. */
  #selected: number | null = null;
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
  readonly length = $derived.by(() => (this.#version, this.#shown.length));
  /** Rows that came since the view stopped following. */
  readonly unseen = $derived.by(() => {
    return this.#follow ? 0 : (this.#version, Math.max(0, this.#end - this.#seen));
  });
  readonly slots: readonly (Slot | null)[] = $derived.by(() => this.#window());

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#shown = new Shown(journal, null);
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
    if (this.#shown.hiddenBefore !== this.#journal.hiddenBefore) return this.#rebuild();
    const end = this.#end;
    const gone = this.#shown.update(this.#journal);
    if (!this.#follow) this.#offset = Math.max(0, this.#offset - gone * this.rowPx);
    else this.#holdSelected(gone * this.rowPx, end);
    this.#version += 1;
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
    this.#moveTo(offsetOf(scrollTop, this.#extent));
  }

  setFollow(follow: boolean): void {
    if (follow === this.#follow) return;
    this.#offset = this.#top;
    this.#seen = this.#end;
    this.#follow = follow;
  }

  /** Index of the journal's row, or -1 when the filter or `Clear` hides it. */
  indexOf(position: number): number {
    return this.#shown.indexOf(position);
  }

  /** The row at this index of what is shown. */
  at(index: number): Row | undefined {
    const position = this.#shown.positionAt(index);
    return position === undefined ? undefined : this.#journal.at(position - this.#journal.dropped);
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
    this.#follow = atTail;
    const lastUnit = Math.floor((offset + this.viewPx) / this.rowPx) - 1;
    this.#seen = Math.max(this.#seen, this.#shown.first + this.#shown.indexAtUnit(lastUnit) + 1);
  }

  /** Stops following when the selected row, seen so far, would leave the view with the rows that came. */
  #holdSelected(gonePx: number, seen: number): void {
    const index = (this.#selected ?? -Infinity) - this.#shown.first;
    if (index < 0) return;
    const before = this.#top - gonePx;
    const top = this.#shown.unitsBefore(index) * this.rowPx;
    const nextTop = this.#shown.units * this.rowPx - this.viewPx;
    if (top < before || top >= nextTop) return;
    this.#seen = seen;
    this.#offset = Math.max(0, before);
    this.#follow = false;
  }

  #rebuild(): void {
    const firstSeen = this.#shown.positionAt(this.#shown.indexAtUnit(this.#top / this.rowPx));
    this.#shown = new Shown(this.#journal, matcherOf(this.#terms), this.#tallUnits);
    this.#selected = null;
    this.#seen = this.#end;
    if (!this.#follow && firstSeen !== undefined) {
      this.#offset = this.#shown.unitsBefore(this.#shown.firstFrom(firstSeen)) * this.rowPx;
    }
    this.#version += 1;
  }

  #window(): readonly (Slot | null)[] {
    const shown = (this.#version, this.#shown);
    const shift = this.scrollTop - this.#top;
    const slots: (Slot | null)[] = [];
    const count = Math.ceil(this.viewPx / this.rowPx) + 1;
    let index = shown.indexAtUnit(Math.floor(this.#top / this.rowPx));
    while (slots.length < count) {
      const row = this.at(index);
      slots.push(row === undefined ? null : this.#slot(index, row, shift));
      index += 1;
    }
    return slots;
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
