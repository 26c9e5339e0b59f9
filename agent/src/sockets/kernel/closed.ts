import type { SocketState } from '@socket-playground/shared/events/state.ts';

/** Connections that were closed lately: the kernel goes on with them, in TIME_WAIT for a minute on Linux. */
export class Closed {
  readonly #most: number;
  readonly #forNs: number;
  readonly #ring: SocketState[] = [];
  #next = 0;

  /** Remembers at most `most` connections, each for `forNs`; when there are more, the oldest go. */
  constructor(most: number, forNs: number) {
    this.#most = most;
    this.#forNs = forNs;
  }

  add(state: SocketState): void {
    if (state.socketType !== 'stream' || state.local === null || state.remote === null) return;
    this.#ring[this.#next] = state;
    this.#next = (this.#next + 1) % this.#most;
  }

  /** Those that may still be known to the kernel. */
  at(nowNs: number): SocketState[] {
    return this.#ring.filter(({ closedAt }) => closedAt !== null && nowNs - closedAt < this.#forNs);
  }
}
