/**
 * While the window follows, it follows sideways too: lanes that bring something new come into view. What speaks here and
 * there would turn the lanes all the time: then they are drawn together, and nothing moves any more.
 */
import { leadLimits, newestRows } from './limits.ts';
import type { Sideways } from './sideways.ts';

export class Lead {
  readonly #sideways: Sideways;
  readonly #now: () => number;
  #follows = true;
  /** How many rows there were when it last looked. */
  #seen = 0;
  /** When it turned the lanes, ms, as far as that counts. */
  #turns: readonly number[] = [];
  #hasGathered = false;

  /** `now` in ms. */
  constructor(sideways: Sideways, now: () => number = () => performance.now()) {
    this.#sideways = sideways;
    this.#now = now;
  }

  /** Brings the newest row's lanes into view, unless something else that is new is seen already: then nothing moves. */
  update(follows: boolean, rows: number, lanesAt: (index: number) => readonly string[]): void {
    if (follows && !this.#follows) this.#begin(rows);
    this.#follows = follows;
    // Of what was there before anybody looked, only the newest counts.
    const first = this.#seen === 0 ? Math.max(0, rows - 1) : Math.max(this.#seen, rows - newestRows);
    this.#seen = rows;
    if (!follows || !this.#sideways.leads || this.#sideways.spare === 0) return;
    const news = Array.from({ length: Math.max(0, rows - first) }, (_, at) => lanesAt(first + at));
    const newest = news.findLast((lanes) => lanes.length > 0);
    const isSeen = news.some((lanes) => lanes.length > 0 && this.#sideways.holds(lanes));
    if (newest !== undefined && !isSeen) this.#turnTo(newest);
  }

  #begin(rows: number): void {
    this.#sideways.lead();
    this.#seen = rows - 1;
    this.#turns = [];
    this.#hasGathered = false;
  }

  #turnTo(lanes: readonly string[]): void {
    const now = this.#now();
    const { turns, withinMs, restMs } = leadLimits;
    this.#turns = this.#turns.filter((at) => now - at < withinMs);
    if (this.#turns.length >= turns && !this.#hasGathered) {
      this.#hasGathered = true;
      this.#sideways.gather();
    } else if (this.#hasGathered && now - (this.#turns.at(-1) ?? -Infinity) < restMs) return;
    if (this.#sideways.holds(lanes)) return;
    this.#sideways.turnTo(lanes);
    this.#turns = [...this.#turns, now];
  }
}
