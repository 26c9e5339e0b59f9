/**
 * Looks up our TCP sockets in the kernel's table, by both of their ends: a TIME_WAIT, and whatever else no process holds
 * any more, has no other name there. It looks only when asked, and however many ask, a few times a second.
 */
import { literalFamily } from '@socket-playground/shared/events/address.ts';
import type { Address, Family } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelSocket, KernelView } from '@socket-playground/shared/kernel/view.ts';
import { nsPerMs } from '@socket-playground/shared/units.ts';
import { Closed } from './closed.ts';
import { Spelling } from './ends.ts';
import { rowsOf } from './rows.ts';
import type { TcpRow } from './rows.ts';
import { Sampler } from './sampler.ts';
import type { Sample } from './sampler.ts';
import type { ReadTable } from './tables.ts';

export interface WindowOptions {
  readonly read: ReadTable;
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

export class KernelWindow {
  readonly #options: WindowOptions;
  readonly #closed: Closed;
  readonly #tables: Readonly<Record<Family, Sampler>>;

  constructor(options: WindowOptions) {
    const { closedRemembered, closedRememberedMs, kernelSampleMs } = options.limits;
    const now = () => options.now();
    const sampler = (family: Family) => new Sampler(family, options.read, now, kernelSampleMs * nsPerMs);
    this.#options = options;
    this.#closed = new Closed(closedRemembered, closedRememberedMs * nsPerMs);
    this.#tables = { inet: sampler('inet'), inet6: sampler('inet6') };
  }

  /** Its state, as it was closed. */
  remember(closed: SocketState): void {
    this.#closed.add(closed);
  }

  /** These sockets, or all of them, as the kernel sees them. */
  async look(wanted: ReadonlySet<number> | null): Promise<KernelView> {
    const known = this.#byEnds(wanted);
    const samples = await this.#samples(new Set([...known.values()].map(tableOf)));
    const sockets: KernelSocket[] = [];
    for (const sample of samples) {
      if (sample === null) return { available: false, reason: 'system' };
      sockets.push(...seenIn(sample, known));
    }
    sockets.sort((one, other) => one.socket - other.socket);
    const time = Math.min(...samples.map((sample) => sample?.time ?? 0));
    return { available: true, time, sockets };
  }

  /** Of the tables that have such sockets; without any, of one, to learn whether there is something to see. */
  #samples(families: ReadonlySet<Family>): Promise<(Sample | null)[]> {
    const needed = families.size > 0 ? [...families] : (['inet'] as const);
    return Promise.all(needed.map((family) => this.#tables[family].latest()));
  }

  /** An open socket comes before a closed one that had the same ends. */
  #byEnds(wanted: ReadonlySet<number> | null): Map<string, SocketState> {
    const known = new Map<string, SocketState>();
    const spelling = new Spelling();
    const candidates = [...this.#closed.at(this.#options.now()), ...this.#options.states.values()];
    for (const state of candidates) {
      if (wanted && !wanted.has(state.socket)) continue;
      const ends = this.#endsOf(state, spelling);
      if (ends !== null) known.set(ends, state);
    }
    return known;
  }

  #endsOf({ socket, socketType, state, local, remote }: SocketState, spelling: Spelling): string | null {
    if (socketType !== 'stream') return null;
    if (state === 'listening') return local && spelling.ends(local, null);
    const own = state === 'connecting' ? this.#options.callingFrom(socket) : local;
    return own && remote && spelling.ends(own, remote);
  }
}

/** The table a socket is in: that of an IPv6 socket also where its ends are IPv4 ones (ipv6(7)). */
function tableOf({ local, remote, family }: SocketState): Family {
  return literalFamily((local ?? remote)?.host ?? '') ?? family;
}

function seenIn(sample: Sample, known: ReadonlyMap<string, SocketState>): KernelSocket[] {
  return [...rowsOf(sample.rows, (ends) => known.has(ends))].flatMap(([ends, row]) => {
    const state = known.get(ends);
    const seen = state && seenAs(state, row, sample.longestQueue);
    return seen ? [seen] : [];
  });
}

/** Null for a row that is another's: its ends were free again when this socket was closed. */
function seenAs(
  { socket, state: known, backlog }: SocketState,
  { state, inode, ...row }: TcpRow,
  longestQueue: number,
): KernelSocket | null {
  if (known === 'closed' && inode !== 0) return null;
  if (state !== 'LISTEN') return { socket, state, ...row };
  const room = Math.min(backlog ?? 0, longestQueue) + 1;
  return { socket, state, waiting: row.receiveQueue, room };
}
