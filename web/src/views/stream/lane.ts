/** One direction of one socket: its bytes in one piece, with holes where they are not here. */
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import type { ByteRange } from '@socket-playground/shared/streams/join.ts';
import type { Direction } from '../../store/rows/ends.ts';

/** One write or read. `from` and `to` count the bytes of its direction that are here. */
export interface Chunk extends ByteRange {
  readonly seq: number;
  readonly type: Transfer['type'];
  readonly socket: number;
  readonly direction: Direction;
  /** Ns. */
  readonly time: number;
  /** Bytes that are here, from its first on. */
  known: number;
  /** Nobody has the rest any more. */
  gone: boolean;
}

export const directions = ['to-server', 'to-client'] as const satisfies readonly Direction[];

const firstRoom = 4_096;

export class Lane {
  readonly socket: number;
  readonly direction: Direction;
  /** No more comes. */
  isOver = false;
  #bytes = new Uint8Array(firstRoom);
  #size = 0;
  readonly #chunks: Chunk[] = [];

  constructor(socket: number, direction: Direction) {
    this.socket = socket;
    this.direction = direction;
  }

  get size(): number {
    return this.#size;
  }

  /** All of them; holes read as 0. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  append({ seq, time, type, size, data }: Transfer): Chunk {
    return this.#push({ seq, time, type, gone: false }, size, data.subarray(0, size));
  }

  /** Takes a chunk over from another lane. */
  take(chunk: Chunk, from: Lane): Chunk {
    const { seq, time, type, gone, known } = chunk;
    const data = from.bytes.subarray(chunk.from, chunk.from + known);
    return this.#push({ seq, time, type, gone }, chunk.to - chunk.from, data);
  }

  fill(chunk: Chunk, data: Uint8Array | null): void {
    if (data === null) chunk.gone = true;
    else {
      const part = data.subarray(0, chunk.to - chunk.from);
      this.#bytes.set(part, chunk.from);
      chunk.known = part.length;
    }
  }

  /** The chunk that has the byte at this place; of an empty lane none. */
  chunkAt(place: number): Chunk | undefined {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.from ?? Infinity) <= place) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low];
  }

  /** Bytes that are here, in pieces as large as they are. */
  solid(): ByteRange[] {
    const pieces: { from: number; to: number }[] = [];
    for (const { from, known } of this.#chunks) {
      const last = pieces.at(-1);
      if (known === 0) continue;
      if (last?.to === from) last.to = from + known;
      else pieces.push({ from, to: from + known });
    }
    return pieces;
  }

  #push(head: Pick<Chunk, 'seq' | 'time' | 'type' | 'gone'>, size: number, data: Uint8Array): Chunk {
    const from = this.#size;
    this.#grow(from + size);
    this.#bytes.set(data, from);
    const { socket, direction } = this;
    const chunk = { ...head, socket, direction, from, to: from + size, known: data.length };
    this.#chunks.push(chunk);
    this.#size = chunk.to;
    return chunk;
  }

  #grow(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
