/** What is known of each socket from the events of an attempt: who accepted it, and its two addresses. */
import type { Address } from '../events/address.ts';
import type { SocketEvent } from '../events/event.ts';

export interface SocketFacts {
  readonly listener: number | null;
  readonly local: Address | null;
  readonly remote: Address | null;
}

const nothing: SocketFacts = { listener: null, local: null, remote: null };

export class Facts {
  readonly #sockets = new Map<number, SocketFacts>();

  constructor(events: Iterable<SocketEvent>) {
    for (const event of events) this.#add(event);
  }

  of(socket: number | null): SocketFacts {
    return (socket === null ? undefined : this.#sockets.get(socket)) ?? nothing;
  }

  /** Whether the other end of this connection is a socket of this agent too. */
  isOurs(socket: number | null): boolean {
    const { local, remote } = this.of(socket);
    if (local === null || remote === null) return false;
    return [...this.#sockets].some(
      ([other, facts]) => other !== socket && isSame(facts.local, remote) && isSame(facts.remote, local),
    );
  }

  #add(event: SocketEvent): void {
    if (event.socket === null) return;
    const before = this.of(event.socket);
    if (event.type === 'opened') this.#set(event.socket, { ...nothing, listener: event.listener ?? null });
    else if (event.type === 'bound' || event.type === 'listening')
      this.#set(event.socket, { ...before, local: event.local });
    else if (event.type === 'connecting') this.#set(event.socket, { ...before, remote: event.remote });
    else if (event.type === 'connected' || event.type === 'accepted')
      this.#set(event.socket, { ...before, local: event.local, remote: event.remote });
  }

  #set(socket: number, facts: SocketFacts): void {
    this.#sockets.set(socket, facts);
  }
}

export const isSame = (a: Address | null, b: Address | null): boolean =>
  a !== null && b !== null && a.host === b.host && a.port === b.port;
