import { setImmediate } from 'node:timers/promises';

/** Turns that come at most every `everyMs`, unless somebody is in a hurry. */
export class Pace {
  readonly #everyMs: number;
  /** Milliseconds, monotonic. */
  readonly #nowMs: () => number;
  #last = -Infinity;
  #go: (() => void) | null = null;

  constructor(everyMs: number, nowMs: () => number) {
    this.#everyMs = everyMs;
    this.#nowMs = nowMs;
  }

  /** Resolves when it is time: never in the same turn of the event loop, so that what happens together goes together. */
  async turn(): Promise<void> {
    const waitMs = this.#last + this.#everyMs - this.#nowMs();
    if (waitMs > 0) await this.#sleep(waitMs);
    await setImmediate();
    this.#last = this.#nowMs();
  }

  /** The turn that is waited for comes now. */
  hurry(): void {
    this.#go?.();
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#go = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#go = null;
  }
}
