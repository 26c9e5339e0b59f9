import type { Address } from '@socket-playground/shared/events/address.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { nsPerSecond } from '@socket-playground/shared/units.ts';

export interface TargetRateOptions {
  /** New targets within one window. */
  readonly most: number;
  readonly seconds: number;
  /** Nanoseconds, monotonic. */
  readonly now: () => number;
}

/** Counts the targets a window has seen, so that the agent is no scanner for whoever drives it. Known ones cost nothing. */
export class TargetRate {
  readonly #options: TargetRateOptions;
  readonly #seen = new Set<string>();
  #windowStart = 0;

  constructor(options: TargetRateOptions) {
    this.#options = options;
  }

  admit(target: Address): Problem | null {
    const { most, seconds, now } = this.#options;
    const time = now();
    if (time - this.#windowStart > seconds * nsPerSecond) {
      this.#windowStart = time;
      this.#seen.clear();
    }
    const key = formatAddress(target);
    if (this.#seen.has(key)) return null;
    if (this.#seen.size >= most) return problem('policy-rate', { most, seconds });
    this.#seen.add(key);
    return null;
  }
}
