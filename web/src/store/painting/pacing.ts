/**
 * How often a flood is painted. With few new rows, every frame; when nobody could read each of them any more, only so
 * often that painting takes a share of the time, and the rest is left to the sockets, which may live on the same cores.
 */
import type { Scheduler } from './frame.ts';

export interface PacingCaps {
  /** With more new rows a second than this it gets crowded. */
  readonly crowdedRate: number;
  /** While it is crowded and this many rows a second come, the page rests as long as it painted; with twice as many, four times as long. */
  readonly restRate: number;
  /** It rests no longer than this, ms. */
  readonly longestRestMs: number;
  /** What of rows comes in so many ms at that rate may come at once; it is crowded for as long after a flood, which comes in bursts. */
  readonly burstMs: number;
  /** While it is crowded, everything is brought up to date so many times less long than it takes to do so … */
  readonly settleRests: number;
  /** … and no sooner than this, nor later than that, ms after the last time. */
  readonly settleMs: number;
  readonly longestSettleMs: number;
}

/** Runs `work` when what has been done since is on the screen. */
type AfterPaint = (work: () => void) => void;

/** A task that is posted in a frame's callback runs once that frame was drawn. */
const afterPaint: AfterPaint = (work) => {
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
  #paintedAt = -Infinity;
  /** Rows that came beyond what the rate allows, and what of them makes it crowded. */
  #excess = 0;
  readonly #burst: number;
  #settledAt = -Infinity;
  #settleMs: number;
  #isSettling = false;
  #hurriesUntil = -Infinity;
  /** What waits for the frame that is being painted. */
  #waiting: (() => void)[] | null = null;

  /** `now` in ms. */
  constructor(caps: PacingCaps, now: () => number, after: AfterPaint = afterPaint) {
    this.#caps = caps;
    this.#burst = (caps.crowdedRate * caps.burstMs) / 1_000;
    this.#settleMs = caps.settleMs;
    this.#now = now;
    this.#afterPaint = after;
  }

  /** How long the page should paint nothing yet, ms; 0 when it may. */
  get restMs(): number {
    return Math.max(0, this.#restsUntil - this.#now());
  }

  /** A frame that shows this many new rows is being painted. Says whether it is crowded. */
  paints(rows: number): boolean {
    const began = this.#now();
    const elapsedMs = Math.max(1, began - this.#paintedAt);
    this.#paintedAt = began;
    const left = Math.max(0, this.#excess - (this.#caps.crowdedRate * elapsedMs) / 1_000);
    this.#excess = Math.min(left + rows, 2 * this.#burst);
    if (this.#excess < this.#burst) return false;
    this.#waiting ??= [];
    this.#isSettling = false;
    this.#afterPaint(() => this.#rest(this.#now() - began, (1_000 * rows) / elapsedMs));
    return true;
  }

  /** Whether a crowded frame is one with which everything is brought up to date. */
  get isSettleDue(): boolean {
    const now = this.#now();
    const settleMs = now < this.#hurriesUntil ? this.#caps.settleMs : this.#settleMs;
    return now - this.#settledAt >= settleMs;
  }

  /** Somebody did something and looks for what comes of it: for a while it is shown as soon as may be. */
  hurry(): void {
    this.#hurriesUntil = this.#now() + this.#caps.longestSettleMs;
  }

  /** Everything is being brought up to date. */
  settles(): void {
    this.#settledAt = this.#now();
    this.#isSettling = true;
  }

  /** Runs `work` when it is known how long the page rests: at once, or when what is being painted is on the screen. */
  whenDrawn(work: () => void): void {
    if (this.#waiting === null) work();
    else this.#waiting.push(work);
  }

  #rest(paintMs: number, rate: number): void {
    const { restRate, longestRestMs, settleRests, settleMs, longestSettleMs } = this.#caps;
    if (this.#isSettling)
      this.#settleMs = Math.min(Math.max(paintMs * settleRests, settleMs), longestSettleMs);
    const waiting = this.#waiting ?? [];
    this.#restsUntil = this.#now() + Math.min(paintMs * (rate / restRate) ** 2, longestRestMs);
    this.#waiting = null;
    for (const work of waiting) work();
  }
}

/** The same frames, but for those in which the page rests. */
export function afterRest(pacing: Pick<Pacing, 'restMs' | 'whenDrawn'>, schedule: Scheduler): Scheduler {
  return (work) =>
    pacing.whenDrawn(() => {
      const { restMs } = pacing;
      if (restMs > 0) setTimeout(() => schedule(work), restMs);
      else schedule(work);
    });
}
