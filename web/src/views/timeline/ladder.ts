/**
 * What the ladder knows of one run beyond its rows: the lives of sockets, who was at the other end, and which datagram
 * is which. Brought up to date as the journal grows; a socket keeps its place here when the rack has forgotten it.
 */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { DatagramFlow } from '@socket-playground/shared/streams/join-datagrams.ts';
import type { Settled } from '@socket-playground/shared/streams/join-datagrams.ts';
import { gapType, receivedType, sentType } from '../../store/block.ts';
import type { Journal } from '../../store/journal.svelte.ts';
import { rowOf } from '../../store/materialise.ts';
import { Peers } from '../../store/peers.ts';
import { outsideLanes } from './limits.ts';

/** One socket from its first event to its last; places are absolute positions of rows. */
export interface Life {
  readonly socket: number;
  readonly first: number;
  last: number | null;
  socketType: SocketType;
  listener: number | null;
  listens: boolean;
  calls: boolean;
  label: string | null;
  behaviour: string | null;
  local: Address | null;
  remote: Address | null;
  /** Where it called, said that it sends no more, heard so, was reset. */
  readonly at: Map<string, number>;
  /** Addresses outside that it talked with. */
  readonly outside: Map<string, Address | null>;
  /** Sockets of ours that sent it datagrams, or that it sent some to. */
  readonly talks: Set<number>;
}

export const others = 'others';

export class Ladder {
  readonly lives = new Map<number, Life>();
  /** The other row of a datagram that was sent and received here; `lost` ones never arrived. */
  readonly joined = new Map<number, number>();
  readonly lost = new Set<number>();
  readonly #peers = new Peers();
  readonly #flows = new Map<string, DatagramFlow>();
  readonly #ports = new Map<number, Set<Life>>();
  readonly run: number;
  #read: number;

  constructor(journal: Pick<Journal, 'run' | 'runBegin'>) {
    this.run = journal.run;
    this.#read = journal.runBegin;
  }

  /** Takes in the rows that came. Returns whether there were lives that began, ended or changed. */
  update(journal: Journal): boolean {
    const end = journal.dropped + journal.length;
    let changed = false;
    for (const { block, from, to, base } of journal.sections(this.#read, end)) {
      for (let slot = from; slot < to; slot += 1) {
        const type = block.types[slot] ?? gapType;
        const isData = type === sentType || type === receivedType;
        if (isData && !block.hasAddressAt(slot)) continue;
        const row = rowOf(block, slot, this.run);
        if (row?.kind === 'gap') this.#forget();
        if (row?.kind !== 'event') continue;
        changed = this.#take(row.event, base + slot) || changed;
      }
    }
    this.#read = end;
    return changed;
  }

  peerOf(socket: number): number | null {
    return this.#peers.of(socket);
  }

  /** The lane of an address outside, beside one socket: its own, or the one that several share. */
  outsideOf(life: Life, address: Address | undefined): string {
    const key = address === undefined ? '' : formatAddress(address);
    return life.outside.has(key) ? key : others;
  }

  /** Which socket of ours a datagram socket talked with at this address, as far as it did. */
  talkedTo(life: Life, { host, port }: Address): number | null {
    for (const socket of life.talks) {
      const local = this.lives.get(socket)?.local;
      if (local?.port === port && (local.host === host || isAny(local.host))) return socket;
    }
    return null;
  }

  /** A datagram socket of ours at this address, when it is only one. */
  ownAt({ host, port }: Address): Life | null {
    const lives = [...(this.#ports.get(port) ?? [])].filter(
      ({ last, local }) => last === null && (local?.host === host || isAny(local?.host)),
    );
    return lives.length === 1 ? (lives[0] ?? null) : null;
  }

  #take(event: SocketEvent, position: number): boolean {
    if (event.socket === null) return false;
    this.#peers.apply(event);
    if (isTransfer(event)) return this.#datagram(event, position);
    const life = this.#life(event.socket, position);
    learn(life, event, position);
    if (event.type === 'bound' && life.socketType === 'dgram') this.#bind(event.local.port, life);
    if (event.type === 'closed') this.#close(life);
    return true;
  }

  #life(socket: number, position: number): Life {
    const known = this.lives.get(socket);
    if (known !== undefined) return known;
    const life: Life = {
      ...{ socket, first: position, last: null, socketType: 'stream', listener: null, listens: false },
      ...{ calls: false, label: null, behaviour: null, local: null, remote: null },
      ...{ at: new Map(), outside: new Map(), talks: new Set() },
    };
    this.lives.set(socket, life);
    return life;
  }

  #bind(port: number, life: Life): void {
    const lives = this.#ports.get(port) ?? new Set();
    lives.add(life);
    this.#ports.set(port, lives);
  }

  #close(life: Life): void {
    if (life.local !== null) this.#ports.get(life.local.port)?.delete(life);
    for (const [key, flow] of this.#flows) {
      const [from, to] = key.split('>').map(Number);
      if (to === life.socket) this.#settle(flow.end());
      if (to === life.socket || from === life.socket) this.#flows.delete(key);
    }
  }

  #datagram(event: EventOf<'sent'> | EventOf<'received'>, position: number): boolean {
    const life = this.#life(event.socket, position);
    life.socketType = 'dgram';
    const remote = event.remote;
    const other = remote === undefined ? null : this.ownAt(remote);
    if (other === null) return meetOutside(life, remote);
    const isNew = !life.talks.has(other.socket);
    life.talks.add(other.socket);
    const isSent = event.type === 'sent';
    if (isSent) life.calls ||= !other.talks.has(life.socket);
    const flow = this.#flow(isSent ? `${life.socket}>${other.socket}` : `${other.socket}>${life.socket}`);
    const content = `${event.size} ${String.fromCharCode(...event.data)}`;
    if (isSent) flow.sent(position, content);
    else this.#settle(flow.received(position, content));
    return isNew;
  }

  #flow(key: string): DatagramFlow {
    const flow = this.#flows.get(key) ?? new DatagramFlow();
    this.#flows.set(key, flow);
    return flow;
  }

  #settle(settled: readonly Settled[]): void {
    for (const one of settled) {
      if (one.is === 'lost') this.lost.add(one.sent);
      else {
        this.joined.set(one.sent, one.received);
        this.joined.set(one.received, one.sent);
      }
    }
  }

  #forget(): void {
    for (const flow of this.#flows.values()) flow.forget();
  }
}

const isAny = (host: string | undefined) => host === '0.0.0.0' || host === '::';

function meetOutside(life: Life, remote: Address | undefined): boolean {
  const key = remote === undefined ? '' : formatAddress(remote);
  if (life.outside.has(key) || life.outside.has(others)) return false;
  const isRoom = life.outside.size < outsideLanes;
  life.outside.set(isRoom ? key : others, isRoom ? (remote ?? null) : null);
  return true;
}

/** What an event says of its socket's life. */
function learn(life: Life, event: SocketEvent, position: number): void {
  switch (event.type) {
    case 'opened':
      life.socketType = event.socketType;
      life.listener = event.listener ?? null;
      life.label = event.label;
      return;
    case 'bound':
      life.local = event.local;
      return;
    case 'listening':
      life.local = event.local;
      life.listens = true;
      return;
    case 'connecting':
      life.calls = true;
      life.remote = event.remote;
      life.at.set('connecting', position);
      return;
    case 'connected':
    case 'accepted':
      life.local = event.local;
      life.remote = event.remote;
      life.at.set(event.type, position);
      return;
    case 'behaving':
      life.behaviour = event.behaviour.name === 'none' ? null : event.behaviour.name;
      return;
    case 'ended':
    case 'reset':
      life.at.set(`${event.type} ${event.by}`, position);
      return;
    case 'closed':
      life.last = position;
      return;
    default:
  }
}
