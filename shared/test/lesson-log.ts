/** A log as an agent would write it, for tests of the checker: servers, clients, and bytes cut as the test likes. */
import type { Address } from '../src/events/address.ts';
import type { EventBody, SocketEvent } from '../src/events/event.ts';
import type { LessonJournal } from '../src/lessons/journal.ts';
import { encodeUtf8 } from '../src/payload/utf8.ts';

const host = '127.0.0.1';
const nsPerEvent = 1_000_000;

/** Both ends of one connection: the client's socket and the one that accept made. */
export interface Connection {
  readonly client: number;
  readonly server: number;
}

export class LessonLog implements LessonJournal {
  readonly #events: SocketEvent[] = [];
  readonly #locals = new Map<number, Address>();
  #sockets = 0;
  #ports = 40_000;

  get latest(): number {
    return this.#events.length;
  }

  *events(from: number): Iterable<SocketEvent> {
    yield* this.#events.slice(Math.max(0, from - 1));
  }

  payload(seq: number): Uint8Array | null {
    const event = this.#events[seq - 1];
    return event !== undefined && 'data' in event ? event.data : null;
  }

  add(body: EventBody): number {
    const seq = this.#events.length + 1;
    this.#events.push({ ...body, seq, time: seq * nsPerEvent });
    return seq;
  }

  addressOf(socket: number): Address {
    return this.#locals.get(socket) ?? { host, port: 0 };
  }

  serve(): number {
    const socket = this.#open();
    const local = this.#bind(socket);
    this.add({ type: 'bound', socket, local });
    this.add({ type: 'listening', socket, local, backlog: 511 });
    return socket;
  }

  /** A client of this agent: the kernel reports the accept before the connect returns. */
  join(listener: number): Connection {
    const client = this.#open();
    const remote = this.addressOf(listener);
    this.add({ type: 'connecting', socket: client, remote });
    const local = this.#bind(client);
    const server = this.#accept(listener, local);
    this.add({ type: 'connected', socket: client, local, remote });
    return { client, server };
  }

  /** A client of another program: only its server end is seen. Gives the accepted socket. */
  visit(listener: number): number {
    return this.#accept(listener, { host, port: (this.#ports += 1) });
  }

  sent(socket: number, data: string | Uint8Array): void {
    this.#transfer('sent', socket, data);
  }

  received(socket: number, data: string | Uint8Array): void {
    this.#transfer('received', socket, data);
  }

  /** A FIN from the client; the server answers with its own. */
  leave({ client, server }: Connection): void {
    this.add({ type: 'ended', socket: client, by: 'local' });
    this.add({ type: 'ended', socket: server, by: 'remote' });
    this.add({ type: 'ended', socket: server, by: 'local' });
    this.add({ type: 'closed', socket: server });
    this.add({ type: 'closed', socket: client });
  }

  reset({ client, server }: Connection): void {
    this.add({ type: 'reset', socket: client, by: 'local' });
    this.add({ type: 'closed', socket: client });
    this.add({ type: 'reset', socket: server, by: 'remote' });
    this.add({ type: 'closed', socket: server });
  }

  #open(listener?: number): number {
    const socket = (this.#sockets += 1);
    const from = listener === undefined ? {} : { listener };
    this.add({ type: 'opened', socket, family: 'inet', socketType: 'stream', label: null, ...from });
    return socket;
  }

  #bind(socket: number): Address {
    const local = { host, port: (this.#ports += 1) };
    this.#locals.set(socket, local);
    return local;
  }

  #accept(listener: number, remote: Address): number {
    const socket = this.#open(listener);
    const local = this.addressOf(listener);
    this.add({ type: 'accepted', socket, listener, local, remote });
    return socket;
  }

  #transfer(type: 'sent' | 'received', socket: number, data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
    this.add({ type, socket, size: bytes.length, data: bytes });
  }
}

/** A log of which only so much of each payload is known until it was asked for, as on the page. */
export class PartlyKnownLog implements LessonJournal {
  readonly #log: LessonLog;
  readonly #known: number;
  readonly #asked = new Set<number>();

  constructor(log: LessonLog, known: number) {
    this.#log = log;
    this.#known = known;
  }

  get latest(): number {
    return this.#log.latest;
  }

  *events(from: number): Iterable<SocketEvent> {
    for (const event of this.#log.events(from)) {
      const isCut = 'data' in event && event.data.length > this.#known;
      yield isCut ? { ...event, data: event.data.subarray(0, this.#known), captured: this.#known } : event;
    }
  }

  payload(seq: number): Uint8Array | null {
    return this.#asked.has(seq) ? this.#log.payload(seq) : null;
  }

  ask(seqs: readonly number[]): void {
    for (const seq of seqs) this.#asked.add(seq);
  }
}
