/**
 * What both ends of are ours: there each byte is told of twice, as sent and as received. Decided once for each row, when
 * it comes, by what was known then.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { isLoopback, isWildcard } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { typeNumber } from '@socket-playground/shared/events/type-number.ts';
import { gapType, receivedType, restartType, sentType } from '../../store/columns/row-block.ts';
import type { RowBlock } from '../../store/columns/row-block.ts';
import type { Section } from '../../store/columns/columns.ts';
import { rowOf } from '../../store/columns/materialise.ts';
import { Peers } from '../../store/sockets/peers.ts';
import { graphLimits } from './limits.ts';

/** Rows that say which ends are ours. */
const lifeTypes: ReadonlySet<number> = new Set([
  restartType,
  gapType,
  ...(['bound', 'connected', 'accepted', 'closed'] as const).map(typeNumber),
]);

export class OwnEnds {
  /** For each row of a block: 1 when another socket of ours sent what it received. */
  readonly #told = new WeakMap<RowBlock, Uint8Array>();
  #peers = new Peers();
  /** Where our datagram sockets are bound, by port. */
  readonly #bound = new Map<number, Map<number, string>>();
  readonly #portOf = new Map<number, number>();
  /** Sockets that closed lately, in that order: rows of their other ends may still come. */
  #closed: number[] = [];

  /** Takes in rows that it has not seen, in order. */
  add({ block, from, to }: Section): void {
    const told = this.#told.get(block) ?? new Uint8Array(block.types.length);
    this.#told.set(block, told);
    for (let slot = from; slot < to; slot += 1) {
      const type = block.types[slot] ?? sentType;
      if (type === receivedType) told[slot] = this.#isOwn(block, slot) ? 1 : 0;
      else if (lifeTypes.has(type)) this.#live(block, slot);
    }
  }

  #live(block: RowBlock, slot: number): void {
    const row = rowOf(block, slot, 0);
    if (row?.kind === 'restart') this.#restart();
    if (row?.kind === 'gap' && row.standing !== undefined) this.#stand(row.standing);
    if (row?.kind === 'event') this.#apply(row.event);
  }

  #apply(event: SocketEvent): void {
    this.#peers.apply(event);
    if (event.type === 'bound') this.#bind(event.socket, event.local);
    if (event.type === 'closed') this.#close(event.socket);
  }

  /** Whoever is not among these closed where events are missing. */
  #stand(standing: readonly SocketState[]): void {
    const open = new Set(standing.map(({ socket }) => socket));
    for (const socket of this.#portOf.keys()) if (!open.has(socket)) this.#unbind(socket);
    this.#peers.stand(open);
    for (const state of standing) {
      this.#peers.meet(state);
      if (state.role === 'datagram' && state.local !== null) this.#bind(state.socket, state.local);
    }
  }

  #close(socket: number): void {
    this.#unbind(socket);
    this.#closed.push(socket);
    if (this.#closed.length < 2 * graphLimits.closedEnds) return;
    for (const old of this.#closed.splice(0, graphLimits.closedEnds)) this.#peers.forget(old);
  }

  /** Whether the row is the receiving end of what another socket of ours sent. */
  isTold(block: RowBlock, slot: number): boolean {
    return this.#told.get(block)?.[slot] === 1;
  }

  #restart(): void {
    this.#peers = new Peers();
    this.#bound.clear();
    this.#portOf.clear();
    this.#closed = [];
  }

  #isOwn(block: RowBlock, slot: number): boolean {
    if (this.#peers.of(block.sockets[slot] ?? 0) !== null) return true;
    const from = block.addressAt(slot);
    const hosts = from === undefined ? undefined : this.#bound.get(from.port);
    if (from === undefined || hosts === undefined) return false;
    return [...hosts.values()].some(
      (host) => host === from.host || (isWildcard(host) && isLoopback(from.host)),
    );
  }

  #bind(socket: number, { host, port }: Address): void {
    const hosts = this.#bound.get(port) ?? new Map<number, string>();
    this.#bound.set(port, hosts.set(socket, host));
    this.#portOf.set(socket, port);
  }

  #unbind(socket: number): void {
    const port = this.#portOf.get(socket);
    this.#portOf.delete(socket);
    const hosts = port === undefined ? undefined : this.#bound.get(port);
    if (port !== undefined && hosts?.delete(socket) === true && hosts.size === 0) this.#bound.delete(port);
  }
}
