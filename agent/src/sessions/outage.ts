/**
 * What a running session could not store. While the disk refuses, it is said once, and when to try again is known. What
 * is missing in the end is counted, once.
 */
import type { SegmentIndex } from './segment-index.ts';

export interface OutageLimits {
  readonly storeRetryMs: number;
}

export interface OutageOptions {
  readonly limits: OutageLimits;
  /** Milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** So many more events were told without being stored. Never called while an event is being appended. */
  readonly onLost: (count: number) => void;
  /** The disk refused, with what it said. */
  readonly onFailure: (error: unknown) => void;
}

export class Outage {
  readonly #options: OutageOptions;
  /** What is on disk. */
  readonly #index: SegmentIndex;
  /** Storing failed: when it is tried again. Null while it works. */
  #retryAt: number | null = null;
  /** A write does not return: until it does, nothing is tried again. */
  #isStalled = false;
  /** Every event up to here is on disk, or was counted as lost. */
  #accounted = 0;

  constructor(options: OutageOptions, index: SegmentIndex) {
    this.#options = options;
    this.#index = index;
  }

  /** Storing failed and has not worked since. */
  get isOn(): boolean {
    return this.#retryAt !== null;
  }

  get mayTry(): boolean {
    return this.#retryAt === null || (!this.#isStalled && this.#options.nowMs() >= this.#retryAt);
  }

  /** The disk refused. One outage is reported once, however often it is tried in vain. */
  refused(error: unknown): void {
    if (this.#retryAt === null) this.#options.onFailure(error);
    this.#retryAt = this.#options.nowMs() + this.#options.limits.storeRetryMs;
  }

  /** A write has not returned in its time. */
  stalled(): void {
    this.#isStalled = true;
  }

  /** A write returned, well or not. */
  answered(): void {
    this.#isStalled = false;
  }

  /** What was tried is stored. */
  over(): void {
    this.#retryAt = null;
  }

  /** Of the events up to `to` nothing more will be stored: what is not on disk is lost. */
  account(to: number): void {
    const from = this.#accounted + 1;
    this.#accounted = Math.max(to, this.#accounted);
    const lost = to - from + 1 - this.#index.countBetween(from, to);
    if (lost > 0) this.#options.onLost(lost);
  }
}
