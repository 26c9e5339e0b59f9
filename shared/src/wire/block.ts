/**
 * A stretch of records in one buffer, about 1 MiB: the unit of memory, of the session file and of reading either.
 * A record that repeats the data of another stands in the same block, so that a block can be read, kept and let go of
 * by itself. Bytes once written do not change while the block is in use; whoever needs a view for longer says `keep`.
 */
import { isTransfer } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { firstWhere } from '../first-where.ts';
import { pack } from './pack.ts';
import type { Batch, BatchCaps } from './pack.ts';
import { isBlockStart, isPosition, readHeader } from './layout.ts';
import { dataPlace, readRecord } from './read-record.ts';
import type { DataPlace } from './read-record.ts';
import {
  fieldsOf,
  markBlockStart,
  roomFor,
  roomForRepeat,
  writeRecord,
  writeRepeat,
} from './write-record.ts';
import { indexOfBytes } from '../payload/find.ts';

interface FindOptions {
  /** ASCII letters match in either case. */
  readonly anyCase: boolean;
  readonly longerThan: number;
}
const plainly: FindOptions = { anyCase: false, longerThan: -1 };

const offsetsAtFirst = 256;

/** What became of an event: its data were copied (when it has any), or an earlier record of the block has them. */
export type Appended = 'copied' | 'repeated' | 'no-room';

export class Block {
  /** The number of its first event. */
  readonly first: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #offsets = new Uint32Array(offsetsAtFirst);
  #count = 0;
  #used = 0;
  #isKept = false;
  /** The view that was handed out last and the number of the record that holds its bytes: an echo sends that one back. */
  #handed: { readonly data: Uint8Array; readonly seq: number } | null = null;

  /** An empty block whose records go into `bytes`. */
  constructor(first: number, bytes: Uint8Array<ArrayBuffer>) {
    this.first = first;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The block that begins with `bytes`, as far as whole records follow one another by number; null when there is none. */
  static read(bytes: Uint8Array<ArrayBuffer>): Block | null {
    const start = readHeader(bytes, 0);
    // Beyond the numbers of events counting stands still: nobody would come to the end of such a block.
    if (start === null || !isPosition(start.seq)) return null;
    const block = new Block(start.seq, bytes);
    let header: typeof start | null = start;
    while (header?.seq === block.last + 1 && (block.#count === 0 || !isBlockStart(header))) {
      if (!isPosition(header.seq)) break;
      block.#extend(header.length);
      header = readHeader(bytes, block.#used, block.#view);
    }
    return block;
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  get count(): number {
    return this.#count;
  }

  /** The number of its newest event; `first - 1` while it is empty. */
  get last(): number {
    return this.first + this.#count - 1;
  }

  /** Bytes of its records. */
  get used(): number {
    return this.#used;
  }

  /** Somebody holds views of it beyond this turn of the event loop: its memory must not be used again. */
  keep(): void {
    this.#isKept = true;
  }

  /** Its memory, for another block to use once nobody uses this one; null when somebody keeps it. */
  get memory(): Uint8Array<ArrayBuffer> | null {
    return this.#isKept ? null : this.#bytes;
  }

  /** Whether these bytes lie in its memory. */
  holds(data: Uint8Array): boolean {
    return data.buffer === this.#bytes.buffer;
  }

  has(seq: number): boolean {
    return seq >= this.first && seq <= this.last;
  }

  /** A view of its bytes from a place on. */
  bytesFrom(start: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(start, this.#used);
  }

  /** A view of the records from `from` to `to` (inclusive). */
  bytesBetween(from: number, to: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(this.#offsetOf(from), this.endOf(to));
  }

  /** Where the record behind this event's begins, or would. */
  endOf(seq: number): number {
    return seq < this.last ? this.#offsetOf(seq + 1) : this.#used;
  }

  /**
   * Appends the event after its last. Data that an earlier record of this block holds already (because `event.data` is the
   * view that `dataOf` answers) are not written again.
   */
  append(event: SocketEvent): Appended {
    const repeats = isTransfer(event) ? this.#holderOf(event.data) : null;
    const fields = fieldsOf(event);
    const room = repeats === null ? roomFor(event, fields) : roomForRepeat;
    if (this.#bytes.length - this.#used < room) return 'no-room';
    const at = this.#used;
    const length =
      repeats === null || !isTransfer(event)
        ? writeRecord(event, this.#bytes, at, this.#view, fields)
        : writeRepeat(event, event.seq - repeats, this.#bytes, at, this.#view);
    if (at === 0) markBlockStart(this.#bytes, at);
    this.#extend(length);
    return repeats === null ? 'copied' : 'repeated';
  }

  /** A view of the data of one transfer, or null when the event has none or is not here. A repeat repeats no repeat. */
  dataOf(seq: number): Uint8Array | null {
    const place = this.#placeOf(seq);
    const holder = seq - (place?.repeats ?? 0);
    const held = holder === seq ? place : this.#placeOf(holder);
    if (held?.repeats !== 0) return null;
    const data = this.#bytes.subarray(held.start, held.end);
    this.#handed = { data, seq: holder };
    return data;
  }

  #placeOf(seq: number): DataPlace | null {
    return this.has(seq) ? dataPlace(this.#bytes, this.#offsetOf(seq), this.#view) : null;
  }

  /** The event with a view of its data, or null when it is not here or its bytes are no record. */
  event(seq: number): SocketEvent | null {
    if (!this.has(seq)) return null;
    const repeated = (distance: number) => this.dataOf(seq - distance);
    return readRecord(this.#bytes, this.#offsetOf(seq), repeated, this.#view)?.event ?? null;
  }

  /** This block up to its first record that is no event, or null: for bytes that somebody else may have written. */
  sound(): Block | null {
    let seq = this.first;
    while (seq <= this.last && this.event(seq) !== null) seq += 1;
    return seq > this.last ? this : Block.read(this.#bytes.subarray(0, this.#offsetOf(seq)));
  }

  /**
   * The events from `from` to `to` (inclusive) as a page receives them, as many as the caps allow; null when the first is
   * not here.
   */
  batch(from: number, to: number, caps: BatchCaps): Batch | null {
    const end = Math.min(to, this.last);
    if (from < this.first || from > end) return null;
    const records = {
      bytes: this.#bytes,
      view: this.#view,
      startOf: (seq: number) => (seq > this.last ? this.#used : this.#offsetOf(seq)),
      has: (seq: number) => this.has(seq),
    };
    return pack(records, from, end, caps);
  }

  /** The numbers of the transfers from `from` to `to` (inclusive) of more than `longerThan` bytes that contain `needle`. */
  find(
    needle: Uint8Array,
    from: number,
    to: number,
    { anyCase, longerThan }: FindOptions = plainly,
  ): number[] {
    const found: number[] = [];
    for (let seq = Math.max(from, this.first); seq <= Math.min(to, this.last); seq += 1) {
      const data = this.dataOf(seq);
      if (data === null || data.length <= longerThan) continue;
      if (indexOfBytes(data, needle, anyCase) >= 0) found.push(seq);
    }
    return found;
  }

  /** The event whose record holds exactly these bytes of this block's memory. */
  #holderOf(data: Uint8Array): number | null {
    if (data === this.#handed?.data) return data.length === 0 ? null : this.#handed.seq;
    if (!this.holds(data) || data.length === 0) return null;
    const start = data.byteOffset - this.#bytes.byteOffset;
    const seq = this.first + this.#indexAt(start);
    const place = this.#placeOf(seq);
    return place?.repeats === 0 && place.start === start && place.end === start + data.length ? seq : null;
  }

  /** Index of the record that covers this byte. */
  #indexAt(byte: number): number {
    return firstWhere(0, this.#count, (index) => (this.#offsets[index] ?? Infinity) > byte) - 1;
  }

  #offsetOf(seq: number): number {
    return this.#offsets[seq - this.first] ?? this.#used;
  }

  #extend(length: number): void {
    if (this.#count === this.#offsets.length) this.#growOffsets();
    this.#offsets[this.#count] = this.#used;
    this.#used += length;
    this.#count += 1;
  }

  #growOffsets(): void {
    const grown = new Uint32Array(2 * this.#offsets.length);
    grown.set(this.#offsets);
    this.#offsets = grown;
  }
}
