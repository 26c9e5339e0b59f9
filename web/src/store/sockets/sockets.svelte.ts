/** The state of every socket of the present run, derived from its events. Replaced at most once a frame. */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Ends, Side } from '../rows/ends.ts';
import { limits } from '../limits.ts';
import { noSockets, SocketIndex } from './socket-index.ts';

export class Sockets {
  #table: SocketTable = $state.raw(noSockets);
  #index = new SocketIndex(limits.closedSockets);
  #changed = false;

  /** Open sockets, and closed ones until `Clear`, in the order they were opened. */
  get table(): SocketTable {
    return this.#table;
  }

  /** Which end of its conversation a socket is; null while nothing tells. Read `table` to follow it. */
  sideOf(socket: number): Side | null {
    return this.endsOf(socket).side;
  }

  endsOf(socket: number): Ends {
    return this.#index.ends(socket);
  }

  /** The other end of its connection, when that is a socket of ours too. */
  peerOf(socket: number): number | null {
    return this.#index.peer(socket);
  }

  /** How many bytes a transfer's socket had moved before it in that direction; null when that is not known. */
  offsetOf(event: SocketEvent): number | null {
    return this.#index.offsetOf(event);
  }

  /** Events are missing from here on. */
  missed(): void {
    this.#index.missed();
  }

  /** What the missing events came to: these sockets are open, and no others. */
  stand(sockets: readonly SocketState[]): void {
    this.#index.stand(sockets);
    this.#changed = true;
  }

  /** Applies one event and returns the socket's ends as they were at it. */
  apply(event: SocketEvent): Ends {
    this.#changed = true;
    return this.#index.apply(event);
  }

  /** Another run: its sockets are numbered from 1 again. */
  restart(): void {
    this.#index = new SocketIndex(limits.closedSockets);
    this.#changed = true;
  }

  hideClosed(hides: (socket: number) => boolean = () => true): void {
    this.#index.hideClosed(hides);
    this.#table = this.#index.snapshot();
  }

  showAll(): void {
    this.#index.showAll();
    this.#table = this.#index.snapshot();
  }

  publish(): void {
    if (!this.#changed) return;
    this.#changed = false;
    this.#table = this.#index.snapshot();
  }
}
