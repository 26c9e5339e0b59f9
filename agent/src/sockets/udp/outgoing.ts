import { setTimeout as after } from 'node:timers/promises';

type Settle = (error: Error | null) => void;

/** Datagrams on their way to the kernel. Node forgets those of a socket that is closed: here each gets its answer. */
export class Outgoing {
  readonly #pending = new Map<Settle, number>();
  #queuedBytes = 0;
  #emptied: (() => void) | null = null;

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Resolves with null when the kernel has taken the datagram, else with the error. */
  send(bytes: number, call: (settle: Settle) => void): Promise<Error | null> {
    return new Promise((resolve) => {
      const settle = (error: Error | null) => {
        this.#forget(settle);
        resolve(error);
      };
      this.#pending.set(settle, bytes);
      this.#queuedBytes += bytes;
      call(settle);
    });
  }

  /** Waits until each has its answer, at most `mostMs`. */
  async settled(mostMs: number): Promise<void> {
    if (this.#pending.size === 0 || mostMs === 0) return;
    const emptied = new Promise<void>((resolve) => (this.#emptied = resolve));
    await Promise.race([emptied, after(mostMs, undefined, { ref: false })]);
  }

  /** Gives up on the rest, because the socket is gone. */
  cancel(): void {
    for (const settle of [...this.#pending.keys()]) settle(new Canceled());
  }

  #forget(settle: Settle): void {
    this.#queuedBytes -= this.#pending.get(settle) ?? 0;
    this.#pending.delete(settle);
    if (this.#pending.size === 0) this.#emptied?.();
  }
}

class Canceled extends Error {
  readonly code = 'ECANCELED';
}
