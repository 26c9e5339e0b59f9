import type { Family } from '@socket-playground/shared/events/address.ts';
import type { ReadTable, TcpTable } from './tables.ts';

export interface Sample extends TcpTable {
  /** When it was read, nanoseconds since the epoch. */
  readonly time: number;
}

/** One table, read at most so often, however many ask. On Linux that costs some milliseconds, whatever is in it. */
export class Sampler {
  readonly #read: () => Promise<TcpTable | null>;
  readonly #now: () => number;
  readonly #restNs: number;
  #sample: Promise<Sample | null> = Promise.resolve(null);
  #startedAt = -Infinity;

  constructor(family: Family, read: ReadTable, now: () => number, restNs: number) {
    this.#read = () => read(family);
    this.#now = now;
    this.#restNs = restNs;
  }

  latest(): Promise<Sample | null> {
    const now = this.#now();
    if (now - this.#startedAt >= this.#restNs) {
      this.#startedAt = now;
      this.#sample = this.#take();
    }
    return this.#sample;
  }

  async #take(): Promise<Sample | null> {
    const table = await this.#read();
    return table && { ...table, time: this.#now() };
  }
}
