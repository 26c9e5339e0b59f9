/**
 * What the ladder knows of one run beyond its rows: the lives of sockets, who was at the other end, and which datagram
 * is which. Brought up to date as the journal grows, and no larger than that: what is told of rows that the journal
 * dropped is forgotten. A socket keeps its place here when the rack has forgotten it.
 */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { isWildcard } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { gapType, receivedType, sentType } from '../../store/columns/row-block.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';
import { rowOf } from '../../store/columns/materialise.ts';
import { Peers } from '../../store/sockets/peers.ts';
import { conversationFrom, isConversation, lifeOfStream } from './conversations.ts';
import { Datagrams } from './datagrams.ts';
import { mostLives } from './limits.ts';
import { learn, learnState, lifeFrom, meetOutside, others } from './lives.ts';
import type { Life } from './lives.ts';

export class Ladder {
  readonly lives = new Map<number, Life>();
  readonly datagrams = new Datagrams();
  readonly #peers = new Peers();
  readonly #ports = new Map<number, Set<Life>>();
  /** Those that ended, in that order. */
  #ended: Life[] = [];
  #laneless = 0;
  /** The newest conversation: they are numbered as they begin. */
  #newestStream = 0;
  readonly run: number;
  #read: number;
  /** What stood before this position is forgotten. */
  #forgotten = 0;

  constructor({ run, runBegin }: Pick<Journal, 'run' | 'runBegin'>) {
    this.run = run;
    this.#read = runBegin;
  }

  /** Sockets and conversations that have no lane, though there may be rows of them: there were too many. */
  get laneless(): number {
    return this.#laneless;
  }

  /** Takes in the rows that came. Returns whether there were lives that began, ended or changed. */
  update(journal: Journal): boolean {
    let changed = this.#forgetBefore(journal.dropped);
    const { end } = journal;
    for (const { block, from, to, base } of journal.sections(this.#read, end)) {
      for (let slot = from; slot < to; slot += 1) {
        const type = block.types[slot] ?? gapType;
        const isData = type === sentType || type === receivedType;
        if (isData && !block.hasAddressAt(slot)) continue;
        const row = rowOf(block, slot, this.run);
        if (row?.kind === 'gap') changed = this.#missed(row.standing, base + slot) || changed;
        if (row?.kind !== 'event') continue;
        changed = this.#take(row.event, base + slot) || changed;
      }
    }
    this.#read = journal.firmEnd;
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
      if (local?.port === port && (local.host === host || isWildcard(local.host))) return socket;
    }
    return null;
  }

  /** A datagram socket of ours at this address, when it is only one. */
  ownAt({ host, port }: Address): Life | null {
    const lives = [...(this.#ports.get(port) ?? [])].filter(
      ({ last, local }) => last === null && local !== null && (local.host === host || isWildcard(local.host)),
    );
    return lives.length === 1 ? (lives[0] ?? null) : null;
  }

  #take(event: SocketEvent, position: number): boolean {
    if (event.type === 'segment') return this.#segment(event, position);
    if (event.socket === null) return false;
    const life = this.#life(event.socket, position, event.type === 'opened');
    if (life === null) return false;
    this.#peers.apply(event);
    if (isTransfer(event)) return this.#datagram(life, event, position);
    learn(life, event, position);
    if (event.type === 'bound') this.#bind(life);
    if (event.type === 'closed') this.#end(life, position);
    return true;
  }

  #segment(segment: EventOf<'segment'>, position: number): boolean {
    const { stream } = segment;
    if (stream === null) return false;
    const number = lifeOfStream(stream);
    const known = this.lives.get(number);
    if (known !== undefined) known.last = position;
    else if (this.lives.size < mostLives) this.lives.set(number, conversationFrom(stream, segment, position));
    else if (stream > this.#newestStream) this.#laneless += 1;
    this.#newestStream = Math.max(this.#newestStream, stream);
    return known === undefined;
  }

  /** Null when there is no room for one more; each is counted when it `begins`. */
  #life(socket: number, position: number, begins: boolean): Life | null {
    const known = this.lives.get(socket);
    if (known !== undefined) return known;
    if (this.lives.size >= mostLives && !this.#forgetOldest()) {
      if (begins) this.#laneless += 1;
      return null;
    }
    const life = lifeFrom(socket, position);
    this.lives.set(socket, life);
    return life;
  }

  #bind(life: Life): void {
    if (life.socketType !== 'dgram' || life.local === null) return;
    const { port } = life.local;
    this.#ports.set(port, (this.#ports.get(port) ?? new Set()).add(life));
  }

  #end(life: Life, position: number): void {
    if (life.last !== null) return;
    life.last = position;
    this.#ended.push(life);
    this.datagrams.close(life.socket);
    const lives = life.local === null ? undefined : this.#ports.get(life.local.port);
    if (lives?.delete(life) === true && lives.size === 0) this.#ports.delete(life.local?.port ?? 0);
  }

  /** Whoever is not among those that stand behind the gap has ended in it. */
  #missed(standing: readonly SocketState[] | undefined, position: number): boolean {
    this.datagrams.missed();
    if (standing === undefined) return false;
    const open = new Set(standing.map(({ socket }) => socket));
    for (const life of this.lives.values()) {
      if (life.last !== null || open.has(life.socket)) continue;
      this.#peers.gone(life.socket);
      this.#end(life, position);
    }
    for (const state of standing) this.#stand(state, position);
    return true;
  }

  #stand(state: SocketState, position: number): void {
    const life = this.#life(state.socket, position, true);
    if (life === null) return;
    this.#peers.meet(state);
    learnState(life, state);
    this.#bind(life);
  }

  #datagram(life: Life, event: EventOf<'sent'> | EventOf<'received'>, position: number): boolean {
    life.socketType = 'dgram';
    const { remote } = event;
    const other = remote === undefined ? null : this.ownAt(remote);
    if (other === null) return meetOutside(life, remote);
    const isNew = !life.talks.has(other.socket);
    life.talks.add(other.socket);
    const content = `${event.size} ${String.fromCharCode(...event.data)}`;
    if (event.type === 'sent') {
      life.calls ||= !other.talks.has(life.socket);
      this.datagrams.sent(life.socket, other.socket, position, content);
    } else this.datagrams.received(other.socket, life.socket, position, content);
    return isNew;
  }

  /** Returns whether a life is gone with its last row. */
  #forgetBefore(position: number): boolean {
    this.datagrams.forgetBefore(position);
    const kept = this.#ended.findIndex(({ last }) => (last ?? position) >= position);
    const gone = this.#ended.splice(0, kept < 0 ? this.#ended.length : kept);
    if (position > this.#forgotten) gone.push(...this.#conversationsBefore(position));
    this.#forgotten = position;
    for (const life of gone) this.#forget(life);
    return gone.length > 0;
  }

  #conversationsBefore(position: number): Life[] {
    return [...this.lives.values()].filter(
      (life) => isConversation(life) && (life.last ?? position) < position,
    );
  }

  /** Makes room by what ended longest ago. */
  #forgetOldest(): boolean {
    const oldest = this.#ended.shift();
    if (oldest === undefined) return false;
    this.#forget(oldest);
    this.#laneless += 1;
    return true;
  }

  #forget(life: Life): void {
    this.lives.delete(life.socket);
    this.#peers.forget(life.socket);
    for (const other of life.talks) this.lives.get(other)?.talks.delete(life.socket);
  }
}
