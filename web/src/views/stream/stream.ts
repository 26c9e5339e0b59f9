/**
 * What one socket sent and received as two streams of bytes: pieces with time, direction, bytes and row.
 * Bounded: of a long stream the newest part is here. Bytes that did not come with their event are holes until `fill`.
 */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import { directionOf } from '../../store/ends.ts';
import type { Direction, Side } from '../../store/ends.ts';
import type { List } from '../../store/rows.ts';
import { Lane } from './lane.ts';
import type { Chunk } from './lane.ts';
import { viewLimits } from './limits.ts';

type Caps = Pick<typeof viewLimits, 'bytes' | 'chunks'>;

/** What of a socket's events belongs to the stream. */
export interface Choice {
  readonly side: Side | null;
  /** Of a datagram socket: its conversation with this address. */
  readonly peer: string | null;
}

export class Stream {
  readonly #choice: Choice;
  readonly #caps: { readonly bytes: number; readonly chunks: number };
  #lanes = { 'to-server': new Lane(), 'to-client': new Lane() };
  #chunks: Chunk[] = [];
  #lastSeq = 0;
  #earlier = 0;

  constructor(choice: Choice, caps: Caps = viewLimits) {
    this.#choice = choice;
    this.#caps = caps;
  }

  /** Both directions in the order of time. */
  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** How many writes and reads are left out before the first. */
  get earlier(): number {
    return this.#earlier;
  }

  lane(direction: Direction): Lane {
    return this.#lanes[direction];
  }

  /** Takes in what is new. Whether anything was. */
  update(events: List<SocketEvent>): boolean {
    const fresh: Transfer[] = [];
    let bytes = 0;
    let last = this.#lastSeq;
    for (let index = events.length - 1; index >= 0; index -= 1) {
      const event = events.at(index);
      if (event === undefined || event.seq <= this.#lastSeq) break;
      last = Math.max(last, event.seq);
      if (!isTransfer(event) || !this.#belongs(event)) continue;
      const room = fresh.length < this.#caps.chunks && bytes < this.#caps.bytes;
      if (room) fresh.push(event);
      else this.#earlier += 1;
      bytes += event.size;
    }
    this.#lastSeq = last;
    for (const event of fresh.toReversed()) this.#append(event);
    this.#keepCaps();
    return fresh.length > 0;
  }

  /** The chunk of an event, when it is one of this stream. */
  chunkOf(seq: number): Chunk | null {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chunks[middle]?.seq ?? Infinity) < seq) low = middle + 1;
      else high = middle;
    }
    const chunk = this.#chunks[low];
    return chunk?.seq === seq ? chunk : null;
  }

  /** All bytes of a chunk, or word that nobody has them any more. */
  fill(seq: number, data: Uint8Array | null): void {
    const chunk = this.chunkOf(seq);
    if (chunk !== null) this.#lanes[chunk.direction].fill(chunk, data);
  }

  #belongs({ remote }: Transfer): boolean {
    const { peer } = this.#choice;
    return peer === null || (remote !== undefined && formatAddress(remote) === peer);
  }

  #append(event: Transfer): void {
    const direction = directionOf(this.#choice.side, event.type);
    this.#chunks.push(this.#lanes[direction].append(event, direction));
  }

  /** Keeps the newest half, so that a stream that goes on does not pay for it piece by piece. */
  #keepCaps(): void {
    const { bytes, chunks } = this.#caps;
    const size = this.#lanes['to-server'].size + this.#lanes['to-client'].size;
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
    this.#lanes = { 'to-server': new Lane(), 'to-client': new Lane() };
    this.#chunks = this.#chunks
      .slice(first)
      .map((chunk) => this.#lanes[chunk.direction].take(chunk, before[chunk.direction]));
  }
}
