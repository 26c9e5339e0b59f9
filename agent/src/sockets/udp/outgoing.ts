import { setTimeout as after } from 'node:timers/promises';
import type { SocketLimits } from '../socket.ts';

type SendLimits = Pick<SocketLimits, 'sendQueueBytes' | 'sendQueueDatagrams'>;
type Settle = (error: Error | null) => void;

/** Datagrams on their way to the kernel. Node forgets those of a socket that is closed: here each gets its answer. */
export class Outgoing {
  readonly #pending = new Set<Settle>();
  #queuedBytes = 0;
  #emptied: (() => void) | null = null;

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Why so many bytes more may not wait, null when they may. Also an empty datagram takes its place in memory. */
  fullFor(bytes: number, { sendQueueBytes, sendQueueDatagrams }: SendLimits) {
    const { size } = this.#pending;
    if (size >= sendQueueDatagrams)
      return { queued: size, most: sendQueueDatagrams, of: 'datagram' } as const;
    if (this.#queuedBytes + bytes <= sendQueueBytes) return null;
    return { queued: this.#queuedBytes, most: sendQueueBytes, of: 'byte' } as const;
  }

  /** `settled` is called once: with null when the kernel has taken the datagram, else with the error. */
  send(bytes: number, call: (settle: Settle) => void, settled: Settle): void {
    const settle = (error: Error | null) => {
      if (!this.#pending.delete(settle)) return;
      this.#queuedBytes -= bytes;
      settled(error);
      if (this.#pending.size === 0) this.#emptied?.();
    };
    this.#pending.add(settle);
    this.#queuedBytes += bytes;
    try {
      call(settle);
    } catch (error) {
      // Node throws at what it does not even hand to the kernel.
      settle(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Waits until each has its answer, at most `mostMs`. */
  async settled(mostMs: number): Promise<void> {
    if (this.#pending.size === 0 || mostMs === 0) return;
    const emptied = new Promise<void>((resolve) => (this.#emptied = resolve));
    await Promise.race([emptied, after(mostMs, undefined, { ref: false })]);
  }

  /** Gives up on the rest, because the socket is gone. */
  cancel(): void {
    for (const settle of [...this.#pending]) settle(new Canceled());
  }
}

class Canceled extends Error {
  readonly code = 'ECANCELED';
}
