/** What is known of each socket from the events of an attempt: who accepted it, and its two addresses. */
import { formatAddress } from '../events/address.ts';
import type { Address } from '../events/address.ts';
import type { SocketEvent } from '../events/event.ts';

export interface SocketFacts {
  readonly listener: number | null;
  readonly local: Address | null;
  readonly remote: Address | null;
}

const nothing: SocketFacts = { listener: null, local: null, remote: null };

/** Whose the other end of a connection is: `unknown` while a socket of ours is still on its way to that address. */
export type Peer = 'ours' | 'external' | 'unknown';

export class Facts {
  readonly #sockets = new Map<number, SocketFacts>();
  /** Both addresses of every connection, seen from one of its ends. */
  readonly #ends = new Set<string>();
  /** Where sockets are connecting to and have not arrived. */
  readonly #onTheWay = new Map<number, Address>();

  constructor(events: Iterable<SocketEvent>) {
    for (const event of events) this.#add(event);
  }

  of(socket: number | null): SocketFacts {
    return (socket === null ? undefined : this.#sockets.get(socket)) ?? nothing;
  }

  /** Every socket of which this holds. */
  socketsWhere(holds: (facts: SocketFacts) => boolean): readonly number[] {
    return [...this.#sockets].flatMap(([socket, facts]) => (holds(facts) ? [socket] : []));
  }

  /** The journal has `accepted` before our client's own `connected`: until then nobody can tell whose it is. */
  peerOf(socket: number | null): Peer {
    const { local, remote } = this.of(socket);
    if (local === null || remote === null) return 'external';
    if (this.#ends.has(endOf(remote, local))) return 'ours';
    return [...this.#onTheWay.values()].some((to) => isSame(to, local)) ? 'unknown' : 'external';
  }

  #add(event: SocketEvent): void {
    const { socket } = event;
    if (socket === null) return;
    const before = this.of(socket);
    if (['connected', 'failed', 'reset', 'closed'].includes(event.type)) this.#onTheWay.delete(socket);
    if (event.type === 'opened') this.#sockets.set(socket, { ...nothing, listener: event.listener ?? null });
    else if (event.type === 'bound' || event.type === 'listening')
      this.#sockets.set(socket, { ...before, local: event.local });
    else if (event.type === 'connecting') {
      this.#sockets.set(socket, { ...before, remote: event.remote });
      this.#onTheWay.set(socket, event.remote);
    } else if (event.type === 'connected' || event.type === 'accepted') {
      const { local, remote } = event;
      this.#sockets.set(socket, { ...before, local, remote });
      this.#ends.add(endOf(local, remote));
    }
  }
}

const endOf = (local: Address, remote: Address) => `${formatAddress(local)} ${formatAddress(remote)}`;

export const isSame = (a: Address | null, b: Address | null): boolean =>
  a !== null && b !== null && a.host === b.host && a.port === b.port;
