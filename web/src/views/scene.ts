/** For tests: a table of sockets as the store makes it, out of the events that led there. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent, SocketFact } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { Sockets } from '../store/sockets/sockets.svelte.ts';

export const at = (port: number, host = '127.0.0.1'): Address => ({ host, port });
const stepNs = 1_000_000;

export class Scene {
  readonly who = new Sockets();
  readonly events: SocketEvent[] = [];
  #seq = 0;
  #time = 0;

  get sockets() {
    this.who.publish();
    return this.who.table;
  }

  of(socket: number): SocketState {
    const state = this.sockets.get(socket);
    if (state === undefined) throw new Error(`The scene has no socket #${socket}.`);
    return state;
  }

  /** The events of one socket, as the journal hands them out. */
  eventsOf(socket: number): { readonly length: number; at(index: number): SocketEvent | undefined } {
    return this.events.filter((event) => event.socket === socket);
  }

  wait(ms: number): this {
    this.#time += ms * stepNs;
    return this;
  }

  happens(socket: number, ...facts: readonly SocketFact[]): this {
    for (const fact of facts) {
      this.#seq += 1;
      this.#time += stepNs;
      const event: SocketEvent = { seq: this.#seq, time: this.#time, socket, ...fact };
      this.events.push(event);
      this.who.apply(event);
    }
    return this;
  }

  opened(socket: number, socketType: 'stream' | 'dgram' = 'stream', label: string | null = null): this {
    return this.happens(socket, { type: 'opened', family: 'inet', socketType, label });
  }

  listener(
    socket: number,
    port: number,
    name: 'none' | 'echo' | 'http' | 'chat' = 'echo',
    host = '127.0.0.1',
  ): this {
    const local = at(port, host);
    return this.opened(socket).happens(
      socket,
      { type: 'behaving', behaviour: { name } },
      { type: 'bound', local },
      { type: 'listening', local, backlog: 128 },
    );
  }

  client(socket: number, from: number, to: number): this {
    return this.opened(socket).happens(
      socket,
      { type: 'connecting', remote: at(to) },
      { type: 'connected', local: at(from), remote: at(to) },
    );
  }

  accepted(socket: number, listener: number, port: number, from: number): this {
    return this.happens(
      socket,
      { type: 'opened', family: 'inet', socketType: 'stream', label: null, listener },
      { type: 'accepted', listener, local: at(port), remote: at(from) },
    );
  }

  refused(socket: number, to: number): this {
    return this.opened(socket).happens(
      socket,
      { type: 'connecting', remote: at(to) },
      {
        type: 'failed',
        during: 'connect',
        code: 'ECONNREFUSED',
        errno: 111,
        message: `Nothing is listening on 127.0.0.1:${to}.`,
        hint: 'Open a server there, or check the port.',
      },
      { type: 'closed' },
    );
  }

  datagram(socket: number, port: number): this {
    return this.opened(socket, 'dgram').happens(socket, { type: 'bound', local: at(port) });
  }

  says(socket: number, type: 'sent' | 'received', text: string, remote?: Address): this {
    const data = new TextEncoder().encode(text);
    const peer = remote === undefined ? {} : { remote };
    return this.happens(socket, { type, size: data.length, data, ...peer });
  }
}
