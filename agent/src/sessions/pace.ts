import { setImmediate } from 'node:timers/promises';

/** Turns that come no sooner than asked for after the last one, unless somebody is in a hurry. */
export class Pace {
  /** Milliseconds, monotonic. */
  readonly #nowMs: () => number;
  #last = -Infinity;
  #go: (() => void) | null = null;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Resolves when it is time: never in the same turn of the event loop, so that what happens together goes together. */
  async turn(apartMs: number): Promise<void> {
    const waitMs = this.#last + apartMs - this.#nowMs();
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
