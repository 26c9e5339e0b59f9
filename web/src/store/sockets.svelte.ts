/** The state of every socket of the present run, derived from its events. Replaced at most once a frame. */
import { reduce } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/reduce.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { advanceEnds, noEnds } from './ends.ts';
import type { Ends, Side } from './ends.ts';
import { limits } from './limits.ts';
import { Peers } from './peers.ts';

export class Sockets {
  #table: ReadonlyMap<number, SocketState> = $state.raw(new Map());
  #now = new Map<number, SocketState>();
  #ends = new Map<number, Ends>();
  #peers = new Peers();
  #closed: number[] = [];
  readonly #cleared = new Set<number>();
  #changed = false;

  /** Open sockets, and closed ones until `Clear`, in the order they were opened. */
  get table(): ReadonlyMap<number, SocketState> {
    return this.#table;
  }

  /** Which end of its conversation a socket is; null while nothing tells. */
  sideOf(socket: number): Side | null {
    return this.#ends.get(socket)?.side ?? null;
  }

  endsOf(socket: number): Ends {
    return this.#ends.get(socket) ?? noEnds;
  }

  /** The other end of its connection, when that is a socket of ours too. */
  peerOf(socket: number): number | null {
    return this.#peers.of(socket);
  }

  /** The state as the last event left it, which may be newer than `table`. */
  latest(socket: number): SocketState | undefined {
    return this.#now.get(socket);
  }

  /** Applies one event and returns the socket's ends as they were at it. */
  apply(event: SocketEvent): Ends {
    const after = reduce(this.#now, event);
    if (after === undefined) return noEnds;
    this.#now.set(after.socket, after);
    this.#changed = true;
    this.#peers.apply(event);
    if (event.type === 'closed') this.#closed.push(after.socket);
    const before = this.#ends.get(after.socket) ?? noEnds;
    const ends = advanceEnds(before, event);
    if (ends !== before) this.#ends.set(after.socket, ends);
    return event.type === 'failed' ? before : ends;
  }

  /** Another run: its sockets are numbered from 1 again. */
  restart(): void {
    this.#now = new Map();
    this.#ends = new Map();
    this.#peers = new Peers();
    this.#closed = [];
    this.#cleared.clear();
    this.#changed = true;
  }

  hideClosed(): void {
    for (const socket of this.#closed) this.#cleared.add(socket);
    this.#publishTable();
  }

  showAll(): void {
    this.#cleared.clear();
    this.#publishTable();
  }

  publish(): void {
    while (this.#closed.length > limits.closedSockets) this.#forget(this.#closed.shift());
    if (this.#changed) this.#publishTable();
  }

  #publishTable(): void {
    this.#changed = false;
    const shown = new Map(this.#now);
    for (const socket of this.#cleared) shown.delete(socket);
    this.#table = shown;
  }

  #forget(socket: number | undefined): void {
    if (socket === undefined) return;
    this.#now.delete(socket);
    this.#ends.delete(socket);
    this.#peers.forget(socket);
    this.#cleared.delete(socket);
    this.#changed = true;
  }
}
