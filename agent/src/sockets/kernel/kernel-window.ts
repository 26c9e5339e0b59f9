/**
 * Looks up our TCP sockets in the kernel's table, by both of their ends: a TIME_WAIT, and whatever else no process holds
 * any more, has no other name there. It looks only when asked, and however many ask, a few times a second.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelSocket, KernelView } from '@socket-playground/shared/kernel/view.ts';
import { Closed } from './closed.ts';
import { Spelling } from './ends.ts';
import { rowsOf } from './rows.ts';
import type { TcpRow } from './rows.ts';
import type { ReadTables, TcpTables } from './tables.ts';

export interface WindowOptions {
  readonly read: ReadTables;
  /** The open sockets. */
  readonly states: ReadonlyMap<number, SocketState>;
  /** The local address of a socket that is connecting, which its state does not tell yet. */
  callingFrom(socket: number): Address | null;
  /** Nanoseconds since the epoch. */
  now(): number;
  readonly limits: {
    readonly kernelSampleMs: number;
    readonly closedRemembered: number;
    readonly closedRememberedMs: number;
  };
}

interface Sample extends TcpTables {
  readonly time: number;
}

const nsPerMs = 1e6;
const unavailable: KernelView = { available: false, reason: 'system' };

export class KernelWindow {
  readonly #options: WindowOptions;
  readonly #closed: Closed;
  #sample: Promise<Sample | null> = Promise.resolve(null);
  #sampledAt = -Infinity;

  constructor(options: WindowOptions) {
    const { closedRemembered, closedRememberedMs } = options.limits;
    this.#options = options;
    this.#closed = new Closed(closedRemembered, closedRememberedMs * nsPerMs);
  }

  /** Its state, as it was closed. */
  remember(closed: SocketState): void {
    this.#closed.add(closed);
  }

  /** These sockets, or all of them, as the kernel sees them. */
  async look(wanted: ReadonlySet<number> | null): Promise<KernelView> {
    const sample = await this.#latest();
    if (sample === null) return unavailable;
    const known = this.#byEnds(wanted);
    const sockets: KernelSocket[] = [];
    for (const [ends, row] of rowsOf(sample.rows, (candidate) => known.has(candidate))) {
      const state = known.get(ends);
      const seen = state && seenAs(state, row, sample);
      if (seen) sockets.push(seen);
    }
    sockets.sort((one, other) => one.socket - other.socket);
    return { available: true, time: sample.time, sockets };
  }

  #latest(): Promise<Sample | null> {
    const now = this.#options.now();
    if (now - this.#sampledAt >= this.#options.limits.kernelSampleMs * nsPerMs) {
      this.#sampledAt = now;
      this.#sample = this.#options
        .read()
        .then((tables) => tables && { ...tables, time: this.#options.now() });
    }
    return this.#sample;
  }

  /** An open socket comes before a closed one that had the same ends. */
  #byEnds(wanted: ReadonlySet<number> | null): Map<string, SocketState> {
    const known = new Map<string, SocketState>();
    const spelling = new Spelling();
    const candidates = [...this.#closed.at(this.#options.now()), ...this.#options.states.values()];
    for (const state of candidates) {
      if (wanted && !wanted.has(state.socket)) continue;
      for (const ends of this.#endsOf(state, spelling)) known.set(ends, state);
    }
    return known;
  }

  #endsOf({ socket, socketType, state, local, remote }: SocketState, spelling: Spelling): string[] {
    if (socketType !== 'stream') return [];
    if (state === 'listening') return local === null ? [] : spelling.ends(local, null);
    const own = state === 'connecting' ? this.#options.callingFrom(socket) : local;
    return own === null || remote === null ? [] : spelling.ends(own, remote);
  }
}

/** Null for a row that is another's: its ends were free again when this socket was closed. */
function seenAs(
  { socket, state: known, backlog }: SocketState,
  { state, inode, ...row }: TcpRow,
  { longestQueue }: TcpTables,
): KernelSocket | null {
  if (known === 'closed' && inode !== 0) return null;
  if (state !== 'LISTEN') return { socket, state, ...row };
  const room = Math.min(backlog ?? 0, longestQueue) + 1;
  return { socket, state, waiting: row.receiveQueue, room };
}
