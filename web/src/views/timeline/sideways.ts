/**
 * Which lanes are seen of those that there are: what `Scale` is for time, sideways. Lanes keep a distance at which words
 * can be read and are wider than the view when there are many; `fit` draws them together as far as they can be told apart.
 */
import { measures } from './limits.ts';
import { placed } from './lanes.ts';
import type { Lane, PlacedLane } from './lanes.ts';

/** A part of the lanes' whole width, px. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export class Sideways {
  #left = 0;
  #width = 0;
  #lanes: readonly PlacedLane[] = [];
  /** The least width of one part of a distance. */
  #unit: number = measures.leastUnit;
  #leads = true;

  /** Px that lie left of the view. */
  get left(): number {
    return this.#left;
  }

  /** Px by which the lanes are wider than the view. */
  get spare(): number {
    return Math.max(0, (this.#lanes.at(-1)?.x ?? 0) + measures.right - this.#width);
  }

  /** Whether lanes that bring something new are to be brought into view. */
  get leads(): boolean {
    return this.#leads;
  }

  /** Spreads these lanes over a width. The lane that was seen first stays where it was, whatever came or went beside it. */
  place(lanes: readonly Lane[], width: number): readonly PlacedLane[] {
    const held = this.#lanes.find(({ x }) => x >= this.#left + measures.ruler);
    this.#width = width;
    this.#lanes = placed(lanes, width, this.#unit);
    const now = this.#lanes.find(({ key }) => key === held?.key);
    if (held !== undefined && now !== undefined && this.#left > 0) this.#left += now.x - held.x;
    this.#clamp();
    return this.#lanes;
  }

  /** Moves right by so many px, and stays there from now on. */
  pan(px: number): void {
    if (px === 0) return;
    this.#left += px;
    this.#leads = false;
    this.#clamp();
  }

  /** Moves on to the next lane that is not wholly in view, or back. */
  step(way: 1 | -1): void {
    const view = this.#view();
    const next =
      way > 0
        ? this.#lanes.find(({ x }) => x > view.to + 1)
        : this.#lanes.findLast(({ x }) => x < view.from - 1);
    this.pan(next === undefined ? way * this.spare : next.x - (way > 0 ? view.to : view.from));
  }

  /** Draws the lanes together until all are seen, or cannot be told apart any more. */
  fit(): void {
    this.#unit = measures.tightUnit;
    this.#left = 0;
  }

  /** The same at once, with the lanes that there are. */
  gather(): void {
    this.fit();
    this.#lanes = placed(this.#lanes, this.#width, this.#unit);
    this.#clamp();
  }

  /** Spreads them again, `factor` times as wide and no wider than words need; what is at `x` stays there. */
  spread(factor: number, x: number = this.#width / 2): void {
    if (factor <= 1 || this.#unit >= measures.leastUnit) return;
    const at = this.#left + x;
    const held = this.#lanes.findLast((lane) => lane.x <= at) ?? this.#lanes[0];
    this.#unit = Math.min(measures.leastUnit, this.#unit * factor);
    if (held === undefined) return;
    this.#lanes = placed(this.#lanes, this.#width, this.#unit);
    this.#left = (this.#lanes.find(({ key }) => key === held.key)?.x ?? 0) - (held.x - this.#left);
    this.#clamp();
  }

  /** Lanes that bring something new are brought into view again, as wide as words need. */
  lead(): void {
    this.spread(Infinity, 0);
    this.#leads = true;
  }

  /** Whether all of these lanes that there are stand in view. */
  holds(keys: readonly string[]): boolean {
    const [span, view] = [this.#spanOf(keys), this.#view()];
    return span === null || (span.from >= view.from && span.to <= view.to);
  }

  /** Moves by as little as brings these lanes into view; the first of them when there is no room for all. */
  reveal(keys: readonly string[]): void {
    const [span, view] = [this.#spanOf(keys), this.#view()];
    if (span === null || this.holds(keys)) return;
    if (span.to - span.from > view.to - view.from) {
      if (keys.length > 1) this.reveal(keys.slice(0, 1));
      return;
    }
    this.#left += span.to > view.to ? span.to - view.to : span.from - view.from;
    this.#clamp();
  }

  /**
   * The same as one turns a page: these lanes come to the side they came from, so that their neighbours beyond are seen as
   * well, and what goes on from lane to lane moves the view once in a viewful.
   */
  turnTo(keys: readonly string[]): void {
    const [span, view] = [this.#spanOf(keys), this.#view()];
    if (span === null || this.holds(keys)) return;
    if (span.to - span.from > view.to - view.from) return this.reveal(keys);
    this.#left += span.to > view.to ? span.from - view.from : span.to - view.to;
    this.#clamp();
    // What was at the left edge has no room beside it there: now it needs some.
    this.reveal(keys);
  }

  /** Where lanes can stand so that their words are seen too. */
  #view(): Span {
    const inset = Math.min(measures.leastUnit, this.#unit);
    const to = this.#left + this.#width - Math.min(measures.right, this.#width / 4);
    return { from: this.#left + measures.ruler + Math.min(inset, this.#left > 0 ? inset : 0), to };
  }

  #spanOf(keys: readonly string[]): Span | null {
    const xs = this.#lanes.filter(({ key }) => keys.includes(key)).map(({ x }) => x);
    return xs.length === 0 ? null : { from: Math.min(...xs), to: Math.max(...xs) };
  }

  #clamp(): void {
    this.#left = Math.max(0, Math.min(this.spare, this.#left));
  }
}
