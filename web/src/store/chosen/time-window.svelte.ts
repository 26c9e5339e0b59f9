/**
 * The part of the present run's time that timeline and graph both show.
 *
 * Times are nanoseconds since the run began. A window that follows ends at the newest event and keeps its span; every
 * way of choosing another part lets go of it. It never begins before the run, and is never narrower or wider than the
 * limits say.
 */
import { limits } from '../limits.ts';
import type { Row } from '../rows/rows.ts';

interface Part {
  readonly from: number;
  readonly span: number;
}

/** How much is left free around what is fitted, on each side, of its own span. */
const fitMargin = 0.02;

export class TimeWindow {
  readonly #newest: () => number;
  #follows = $state.raw(true);
  #span = $state.raw<number>(limits.windowNs);
  /** The row that was selected when somebody chose this part: no view goes back to it by itself. */
  passed: Row | undefined;
  /** Where it begins while it does not follow. */
  #from = $state.raw(0);

  readonly #part: Part = $derived.by(() => {
    if (!this.#follows) return { from: this.#from, span: this.#span };
    return { from: Math.max(0, this.#newest() - this.#span), span: this.#span };
  });

  /** `newest`: the time of the newest event, ns. What it reads is followed. */
  constructor(newest: () => number) {
    this.#newest = newest;
  }

  get from(): number {
    return this.#part.from;
  }

  get to(): number {
    return this.#part.from + this.#part.span;
  }

  /** Whether it ends at the newest event. */
  get follows(): boolean {
    return this.#follows;
  }

  /** Shows this part and stays there. */
  show(from: number, to: number): void {
    this.#span = clamp(to - from, limits.narrowestWindowNs, limits.widestWindowNs);
    this.#from = Math.max(0, from);
    this.#follows = false;
  }

  /** Shows `factor` times as much detail around the time `at`; while it follows, it goes on to. */
  zoom(factor: number, at: number): void {
    const { from, span } = this.#part;
    const zoomed = clamp(span / factor, limits.narrowestWindowNs, limits.widestWindowNs);
    if (!this.#follows) this.#from = Math.max(0, at - ((at - from) * zoomed) / span);
    this.#span = zoomed;
  }

  /** Moves on by this much, or back. */
  pan(ns: number): void {
    this.show(this.from + ns, this.to + ns);
  }

  /** Shows everything between two times, and a little around it. */
  fit(first: number, last: number): void {
    const margin = (last - first) * fitMargin;
    this.show(Math.max(0, first - margin), last + margin);
  }

  /** Ends at the newest event from now on; `span`: how much is seen of the time before it, else as much as before. */
  follow(span: number = this.#span): void {
    this.#span = clamp(span, limits.narrowestWindowNs, limits.widestWindowNs);
    this.#follows = true;
  }

  /** Stays where it is. */
  stay(): void {
    this.show(this.from, this.to);
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
