/**
 * How often a flood is painted. With few new rows, every frame; when nobody could read each of them any more, only so
 * often that painting takes a share of the time, and the rest is left to the sockets, which may live on the same cores.
 */
import type { Scheduler } from './frame.ts';

export interface PacingCaps {
  /** With more new rows than this in one frame it is crowded. */
  readonly crowdedRows: number;
  /** While it is crowded, the page rests this many times as long as it painted. */
  readonly restTimes: number;
  /** It rests no longer than this, ms. */
  readonly longestRestMs: number;
}

/** Runs `work` when what has been done since is on the screen. */
export type AfterPaint = (work: () => void) => void;

/** A task that is posted in a frame's callback runs once that frame was drawn. */
export const afterPaint: AfterPaint = (work) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
};

export class Pacing {
  readonly #caps: PacingCaps;
  readonly #now: () => number;
  readonly #afterPaint: AfterPaint;
  #restsUntil = -Infinity;

  /** `now` in ms. */
  constructor(caps: PacingCaps, now: () => number, after: AfterPaint = afterPaint) {
    this.#caps = caps;
    this.#now = now;
    this.#afterPaint = after;
  }

  /** How long the page should paint nothing yet, ms; 0 when it may. */
  get restMs(): number {
    return Math.max(0, this.#restsUntil - this.#now());
  }

  /** A frame that began at `began` shows this many new rows. Says whether it is crowded. */
  painted(rows: number, began: number): boolean {
    if (rows <= this.#caps.crowdedRows) return false;
    this.#afterPaint(() => {
      const end = this.#now();
      const rest = Math.min((end - began) * this.#caps.restTimes, this.#caps.longestRestMs);
      this.#restsUntil = end + rest;
    });
    return true;
  }
}

/** The same frames, but for those in which the page rests. */
export function afterRest(pacing: Pick<Pacing, 'restMs'>, schedule: Scheduler): Scheduler {
  return (work) => {
    const { restMs } = pacing;
    if (restMs > 0) setTimeout(() => schedule(work), restMs);
    else schedule(work);
  };
}
