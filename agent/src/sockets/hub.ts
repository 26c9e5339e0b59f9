/**
 * Where the sockets live: gives them their numbers, records what they report, keeps the table of their states.
 * Facts flow one way: socket → hub → journal → table → watchers.
 */
import type { Family, SocketType } from '@socket-playground/shared/events/address.ts';
import { factOf, isTransfer } from '@socket-playground/shared/events/event.ts';
import type {
  EventBody,
  EventType,
  SocketEvent,
  SocketFact,
} from '@socket-playground/shared/events/event.ts';
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { OwnState, SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Journal } from '../journal/journal.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { AcceptGate } from './accept-gate.ts';
import type { AgentSocket, SocketHost, SocketLimits, SocketOptions } from './socket.ts';
import { TcpSocket } from './tcp/tcp-socket.ts';
import { DropSampler } from './udp/drop-sampler.ts';
import { kernelTables } from './udp/kernel-tables.ts';
import { UdpSocket } from './udp/udp-socket.ts';

type MakeSocket = (host: SocketHost, options: SocketOptions, sampler: DropSampler) => AgentSocket;

/** The kinds of sockets: one line each. */
const kinds = {
  stream: (host, options) => new TcpSocket(host, options),
  dgram: (host, options, sampler) => new UdpSocket(host, options, sampler),
} satisfies Record<SocketType, MakeSocket>;

/** Events after which the kernel has, or may have, one more socket. */
const takesDescriptor = new Set<EventType>(['bound', 'connecting', 'accepted']);

export interface OpenRequest {
  readonly family: Family;
  readonly socketType: SocketType;
  readonly label?: string | undefined;
}

export class Hub {
  readonly #journal: Journal;
  readonly #limits: SocketLimits;
  readonly #sampler = new DropSampler(kernelTables);
  readonly #sockets = new Map<number, AgentSocket>();
  readonly #states: Map<number, OwnState>;
  readonly #watchers = new Set<(event: SocketEvent) => void>();
  readonly #closedWatchers = new Set<(closed: SocketState) => void>();
  readonly #gate: AcceptGate;
  #newest = 0;
  /** Writes that wait in the journal's own memory. */
  #lent = 0;
  #isClosing = false;

  /** `states` is the table that the hub keeps: whoever hands it over may read it. */
  constructor(journal: Journal, limits: SocketLimits, states: Map<number, OwnState>, gate: AcceptGate) {
    this.#journal = journal;
    this.#states = states;
    this.#limits = limits;
    this.#gate = gate;
  }

  /** The open sockets, in the order they were opened. */
  get states(): ReadonlyMap<number, SocketState> {
    return this.#states;
  }

  /** Closes every socket, and opens none from now on. Resolves when none is left. */
  async closeAll(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(Array.from(this.#sockets.values(), (socket) => socket.close()));
  }

  /** Calls back after each event, once it is in the journal and the table. */
  watch(watcher: (event: SocketEvent) => void): void {
    this.#watchers.add(watcher);
  }

  /** Calls back with the last state of each socket that was closed. */
  watchClosed(watcher: (closed: SocketState) => void): void {
    this.#closedWatchers.add(watcher);
  }

  open({ family, socketType, label }: OpenRequest): Result<AgentSocket> {
    if (this.#isClosing) return refuse(problem('agent-stopping', null));
    if (!this.hasRoom) return refuse(problem('too-many-sockets', { most: this.#limits.sockets }));
    const host = this.#host();
    const options = { family, label: label ?? null, limits: this.#limits, gate: this.#gate };
    const socket = kinds[socketType](host, options, this.#sampler);
    this.#sockets.set(host.id, socket);
    host.record({ type: 'opened', family, socketType, label: options.label });
    return done(socket);
  }

  socket(id: number): Result<AgentSocket> {
    const socket = this.#sockets.get(id);
    if (socket) return done(socket);
    return refuse(problem(this.wasClosed(id) ? 'socket-closed' : 'no-such-socket', { socket: id }, 'socket'));
  }

  wasClosed(id: number): boolean {
    return id <= this.#newest && !this.#sockets.has(id);
  }

  /** Records a fact that belongs to the agent as a whole, or to a socket by its number. */
  record(body: EventBody): void {
    const event = this.#journal.append(body);
    applyTo(this.#states, event);
    for (const watcher of this.#watchers) watcher(event);
    if (isTransfer(event)) return;
    if (event.type === 'closed') this.#forget(event.socket);
    else if (takesDescriptor.has(event.type)) this.#gate.taken();
  }

  /** Bytes of an event are held beyond this turn. */
  keep(data: Uint8Array): void {
    this.#journal.keep(data);
  }

  toWrite(data: Uint8Array, willWait: boolean): Uint8Array {
    return willWait || this.#lent >= this.#limits.lentWrites ? this.#journal.outside(data) : data;
  }

  lend(data: Uint8Array): boolean {
    const isLent = this.#journal.keep(data);
    if (isLent) this.#lent += 1;
    return isLent;
  }

  giveBack(): void {
    this.#lent -= 1;
  }

  #forget(id: number): void {
    const closed = this.#states.get(id);
    if (closed) for (const watcher of this.#closedWatchers) watcher(closed);
    this.#sockets.delete(id);
    this.#states.delete(id);
    this.#gate.freed();
  }

  /** Whether one more socket may be open. */
  get hasRoom(): boolean {
    return !this.#isClosing && this.#sockets.size < this.#limits.sockets;
  }

  #host(): SocketHost {
    return new Host((this.#newest += 1), this);
  }

  /** Makes room for a connection that this listener accepted; null when there is none. */
  adopt<Kind extends AgentSocket>(listener: number, make: (host: SocketHost) => Kind): Kind | null {
    const parent = this.#states.get(listener);
    if (!this.hasRoom || !parent) return null;
    const host = this.#host();
    const socket = make(host);
    this.#sockets.set(host.id, socket);
    host.record({
      type: 'opened',
      family: parent.family,
      socketType: parent.socketType,
      label: null,
      listener,
    });
    return socket;
  }
}

/** One socket's view of the hub. */
class Host implements SocketHost {
  readonly id: number;
  readonly #hub: Hub;

  constructor(id: number, hub: Hub) {
    this.id = id;
    this.#hub = hub;
  }

  record(fact: SocketFact): void {
    this.#hub.record(factOf(this.id, fact));
  }

  keep(data: Uint8Array): void {
    this.#hub.keep(data);
  }

  toWrite(data: Uint8Array, willWait: boolean): Uint8Array {
    return this.#hub.toWrite(data, willWait);
  }

  lend(data: Uint8Array): boolean {
    return this.#hub.lend(data);
  }

  giveBack(): void {
    this.#hub.giveBack();
  }

  get hasRoom(): boolean {
    return this.#hub.hasRoom;
  }

  adopt<Kind extends AgentSocket>(make: (host: SocketHost) => Kind): Kind | null {
    return this.#hub.adopt(this.id, make);
  }
}
