/** Events → the state, ends and peers of every socket of one run. Changed in place; `Sockets` publishes it. */
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { OwnState, SocketState } from '@socket-playground/shared/events/state.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { CapturedEnds } from '../rows/captured-ends.ts';
import { advanceEnds, endsOf, noEnds } from '../rows/ends.ts';
import type { Ends } from '../rows/ends.ts';
import { Peers } from './peers.ts';

export const noSockets: SocketTable = new Map();

export class SocketIndex {
  /** Changed in place: nearly every event under load only counts. */
  readonly #states = new Map<number, OwnState>();
  /** What was shown last, each a copy; `#changed` are those that need another. */
  readonly #shown = new Map<number, SocketState>();
  readonly #changed = new Set<number>();
  readonly #ends = new Map<number, Ends>();
  readonly #peers = new Peers();
  readonly #captured = new CapturedEnds();
  readonly #closed: number[] = [];
  readonly #hidden = new Set<number>();
  /** Sockets whose events are not all here: their counts are too low. */
  readonly #incomplete = new Set<number>();
  readonly #mostClosed: number;

  constructor(mostClosed: number) {
    this.#mostClosed = mostClosed;
  }

  ends(socket: number): Ends {
    return this.#ends.get(socket) ?? noEnds;
  }

  peer(socket: number): number | null {
    return this.#peers.of(socket);
  }

  /** Applies one event and returns the socket's ends as they were at it. */
  apply(event: SocketEvent): Ends {
    if (event.type === 'segment') return this.#captured.of(event);
    applyTo(this.#states, event);
    if (event.socket === null || !this.#states.has(event.socket)) return noEnds;
    this.#changed.add(event.socket);
    this.#peers.apply(event);
    if (event.type === 'closed') this.#closed.push(event.socket);
    const before = this.ends(event.socket);
    const ends = advanceEnds(before, event);
    if (ends !== before) this.#ends.set(event.socket, ends);
    return event.type === 'failed' ? before : ends;
  }

  /** Events are missing: whatever is known of the open sockets may be short of some. */
  missed(): void {
    for (const socket of this.#states.keys()) this.#incomplete.add(socket);
  }

  /** The open sockets as the agent knows them. One of ours that is not among them was closed meanwhile, unseen. */
  stand(sockets: readonly SocketState[]): void {
    const open = new Set(sockets.map(({ socket }) => socket));
    for (const { socket, state } of this.#states.values()) {
      if (state !== 'closed' && !open.has(socket)) this.#forget(socket);
    }
    for (const state of sockets) {
      this.#states.set(state.socket, { ...state });
      this.#changed.add(state.socket);
      this.#ends.set(state.socket, endsOf(state));
      this.#peers.meet(state);
      this.#incomplete.delete(state.socket);
    }
  }

  /** How many bytes a transfer's socket had moved before it in that direction; null when that is not known. */
  offsetOf(event: SocketEvent): number | null {
    if (!isTransfer(event) || this.#incomplete.has(event.socket)) return null;
    const state = this.#states.get(event.socket);
    if (state === undefined) return null;
    return event.type === 'sent' ? state.bytesSent : state.bytesReceived;
  }

  hideClosed(hides: (socket: number) => boolean): void {
    for (const socket of this.#closed.filter(hides)) this.#hidden.add(socket);
  }

  showAll(): void {
    this.#hidden.clear();
  }

  /** A copy to show: what is open, and what is closed and not hidden; the oldest closed are forgotten. */
  snapshot(): SocketTable {
    for (const socket of this.#closed.splice(0, Math.max(0, this.#closed.length - this.#mostClosed))) {
      this.#forget(socket);
    }
    for (const socket of this.#changed) this.#copy(socket);
    this.#changed.clear();
    const shown = new Map(this.#shown);
    for (const socket of this.#hidden) shown.delete(socket);
    return shown;
  }

  #copy(socket: number): void {
    const state = this.#states.get(socket);
    if (state !== undefined) this.#shown.set(socket, { ...state });
  }

  #forget(socket: number): void {
    this.#states.delete(socket);
    this.#shown.delete(socket);
    this.#ends.delete(socket);
    this.#hidden.delete(socket);
    this.#incomplete.delete(socket);
    this.#peers.forget(socket);
  }
}
