/** While the window follows, it follows sideways too: lanes that bring something new come into view. */
import { newestRows } from './limits.ts';
import type { Sideways } from './sideways.ts';

export class Lead {
  readonly #sideways: Sideways;
  #follows = true;
  /** How many rows there were when it last looked. */
  #seen = 0;

  constructor(sideways: Sideways) {
    this.#sideways = sideways;
  }

  /** Brings the newest row's lanes into view, unless something else that is new is seen already: then nothing moves. */
  update(follows: boolean, rows: number, lanesAt: (index: number) => readonly string[]): void {
    if (follows && !this.#follows) {
      this.#sideways.lead();
      this.#seen = rows - 1;
    }
    this.#follows = follows;
    // Of what was there before anybody looked, only the newest counts.
    const first = this.#seen === 0 ? Math.max(0, rows - 1) : Math.max(this.#seen, rows - newestRows);
    this.#seen = rows;
    if (!follows || !this.#sideways.leads || this.#sideways.spare === 0) return;
    const news = Array.from({ length: Math.max(0, rows - first) }, (_, at) => lanesAt(first + at));
    const newest = news.findLast((lanes) => lanes.length > 0);
    const isSeen = news.some((lanes) => lanes.length > 0 && this.#sideways.holds(lanes));
    if (newest !== undefined && !isSeen) this.#sideways.turnTo(newest);
  }
}
