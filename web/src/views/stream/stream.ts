/**
 * What sockets sent and received as streams of bytes: pieces with time, direction, bytes and row, and how they ended.
 * Bounded: of a long stream the newest part is here. Bytes that did not come with their event are holes until `fill`.
 */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { Side } from '../../store/rows/ends.ts';
import type { List } from '../../store/rows/rows.ts';
import { endingOf, isEnd } from './endings.ts';
import type { Ending } from './endings.ts';
import { directions, Lane } from './lane.ts';
import type { Chunk } from './lane.ts';
import { viewLimits } from './limits.ts';

type Caps = Readonly<Record<'bytes' | 'chunks', number>>;

/** What of a socket's events belongs to a stream. */
export interface Choice {
  readonly side: Side | null;
  /** Of a datagram socket: its conversation with this address. */
  readonly peer: string | null;
}

/** One socket of those whose streams are looked at. */
export interface Source extends Choice {
  readonly socket: number;
  readonly events: List<SocketEvent>;
}

type Fresh = { readonly event: Transfer; readonly lane: Lane };

export class Stream {
  readonly #caps: Caps;
  #lanes = new Map<string, Lane>();
  #chunks: Chunk[] = [];
  readonly #endings: Ending[] = [];
  /** Number of the last event that was taken in, of each socket. */
  readonly #lastSeqs = new Map<number, number>();
  #earlier = 0;

  constructor(caps: Caps = viewLimits) {
    this.#caps = caps;
  }

  /** All directions in the order of time. */
  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** In the order of time. */
  get endings(): readonly Ending[] {
    return this.#endings;
  }

  /** How many writes and reads are left out before the first. */
  get earlier(): number {
    return this.#earlier;
  }

  /** Each direction of each socket that said or heard something. */
  get lanes(): readonly Lane[] {
    return [...this.#lanes.values()];
  }

  lane({ socket, direction }: Pick<Lane, 'socket' | 'direction'>): Lane {
    const key = `${socket} ${direction}`;
    const lane = this.#lanes.get(key) ?? new Lane(socket, direction);
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Takes in what is new. */
  update(sources: readonly Source[]): void {
    const before = this.#chunks.at(-1)?.seq ?? 0;
    const fresh = sources.flatMap((source) => this.#freshOf(source));
    fresh.sort((a, b) => a.event.seq - b.event.seq);
    this.#leaveOut(fresh);
    for (const { event, lane } of fresh) this.#chunks.push(lane.append(event));
    // A socket may have been met late.
    if ((fresh[0]?.event.seq ?? Infinity) < before) this.#chunks.sort((a, b) => a.seq - b.seq);
    this.#endings.sort((a, b) => a.seq - b.seq);
    this.#keepCaps();
  }

  /** The chunk of an event, when it is one of these. */
  chunkOf(seq: number): Chunk | null {
    const { length } = this.#chunks;
    const first = firstWhere(0, length, (index) => (this.#chunks[index]?.seq ?? Infinity) >= seq);
    const chunk = this.#chunks[first];
    return chunk?.seq === seq ? chunk : null;
  }

  /** All bytes of a chunk, or word that nobody has them any more. */
  fill(seq: number, data: Uint8Array | null): void {
    const chunk = this.chunkOf(seq);
    if (chunk !== null) this.lane(chunk).fill(chunk, data);
  }

  /** The transfers of a socket that came since, as far as there is room for them; its endings are taken in. */
  #freshOf({ socket, side, peer, events }: Source): Fresh[] {
    const fresh: Fresh[] = [];
    const last = this.#lastSeqs.get(socket) ?? 0;
    let bytes = 0;
    for (let index = events.length - 1; index >= 0; index -= 1) {
      const event = events.at(index);
      if (event === undefined || event.seq <= last) break;
      if (isEnd(event)) this.#end(endingOf(event, side));
      if (!isTransfer(event) || !isWith(event, peer)) continue;
      const room = fresh.length < this.#caps.chunks && bytes < this.#caps.bytes;
      if (room) fresh.push({ event, lane: this.lane({ socket, direction: directionOf(side, event.type) }) });
      else this.#earlier += 1;
      bytes += event.size;
    }
    this.#lastSeqs.set(socket, events.at(events.length - 1)?.seq ?? last);
    return fresh.reverse();
  }

  /** Of all sockets together there is no more room than of one: the newest stay. */
  #leaveOut(fresh: Fresh[]): void {
    let bytes = 0;
    const last = fresh.findLastIndex(({ event }) => {
      const isFull = bytes >= this.#caps.bytes;
      bytes += event.size;
      return isFull;
    });
    this.#earlier += fresh.splice(0, last + 1).length;
  }

  #end(ending: Ending): void {
    this.#endings.push(ending);
    const ways = ending.direction === null || ending.glyph === 'reset' ? directions : [ending.direction];
    for (const direction of ways) this.lane({ socket: ending.socket, direction }).isOver = true;
  }

  /** Keeps the newest half, so that a stream that goes on does not pay for it piece by piece. */
  #keepCaps(): void {
    const { bytes, chunks } = this.#caps;
    const size = this.lanes.reduce((sum, lane) => sum + lane.size, 0);
    if (size <= bytes && this.#chunks.length <= chunks) return;
    let kept = 0;
    let first = this.#chunks.length - 1;
    const most = Math.floor(chunks / 2);
    for (; first > 0 && this.#chunks.length - first < most; first -= 1) {
      const chunk = this.#chunks[first - 1];
      kept += chunk === undefined ? 0 : chunk.to - chunk.from;
      if (kept > bytes / 2) break;
    }
    this.#earlier += first;
    const before = this.#lanes;
    this.#lanes = new Map();
    for (const { isOver, socket, direction } of before.values())
      this.lane({ socket, direction }).isOver = isOver;
    this.#chunks = this.#chunks.slice(first).flatMap((chunk) => {
      const from = before.get(`${chunk.socket} ${chunk.direction}`);
      return from === undefined ? [] : [this.lane(chunk).take(chunk, from)];
    });
  }
}

const isWith = ({ remote }: Transfer, peer: string | null): boolean =>
  peer === null || (remote !== undefined && formatAddress(remote) === peer);
