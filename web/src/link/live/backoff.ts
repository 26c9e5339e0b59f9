const firstMs = 500;
const mostMs = 5_000;

/** Waits longer after every try in vain: 0.5, 1, 2, 4, 5, 5 … seconds. */
export class Backoff {
  readonly #work: () => void;
  #nextMs = firstMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Starts the wait and says how long it is. */
  start(): number {
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(mostMs, waitMs * 2);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#work, waitMs);
    return waitMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  reset(): void {
    this.#nextMs = firstMs;
  }
}
