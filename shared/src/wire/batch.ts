/**
 * Records of a block on their way to a page: data cut to what a row shows, and data that come again sent once. Nearly all
 * records of a flood keep their length, so they are copied as one stretch, and what has to be different is written into the
 * copy.
 */
import { beginsBlock, flagsAt, headerBytes, isCut, repeatBytes } from './layout.ts';
import { dataPlace, repeatDistance } from './read-record.ts';
import { copyCut } from './write-record.ts';

/** Records ready to be sent; `next` is the number of the event after them. */
export interface Batch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly next: number;
}

/** The memory of a block, and where the record of an event begins in it; of the event after its last, where that would. */
export interface Records {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly startOf: (seq: number) => number;
  readonly has: (seq: number) => boolean;
}

export interface Part {
  /** The first and the last event; both are in the block. */
  readonly from: number;
  readonly to: number;
  /** Of the batch, which has at least one record. */
  readonly mostBytes: number;
  /** Of each event's data. */
  readonly dataBytes: number;
}

/** Whole records from `from` on, as many as fit. */
export function batchOf(records: Records, { from, to, mostBytes, dataBytes }: Part): Batch {
  const measured = new Cutting(records, from, dataBytes);
  let length = measured.lengthOf(from);
  let next = from + 1;
  for (; next <= to; next += 1) {
    const longer = length + measured.lengthOf(next);
    if (longer > mostBytes) break;
    length = longer;
  }
  const bytes = new Uint8Array(length);
  new Cutting(records, from, dataBytes).copy(next, bytes);
  return { bytes, next };
}

/** Goes through the records of one batch, in order. */
class Cutting {
  readonly #records: Records;
  readonly #from: number;
  readonly #dataBytes: number;
  /** Data of an event before the batch that one of its records has, whole or cut. */
  #carried = { holder: 0, by: 0 };

  constructor(records: Records, from: number, dataBytes: number) {
    this.#records = records;
    this.#from = from;
    this.#dataBytes = dataBytes;
  }

  /** How long the record of this event, the next one, is in the batch. */
  lengthOf(seq: number): number {
    const length = this.#lengthHere(seq);
    const holder = this.#holderOf(seq);
    if (holder === seq) return this.#isCut(seq) ? length - this.#dataLength(seq) + this.#dataBytes : length;
    if (this.#carrierOf(holder) !== null) return length;
    this.#carried = { holder, by: seq };
    return length - repeatBytes + Math.min(this.#dataLength(holder), this.#dataBytes);
  }

  /** Writes the records up to `next`, which is not among them, to `into`, which is exactly as long as they are. */
  copy(next: number, into: Uint8Array): void {
    const { bytes, startOf } = this.#records;
    const view = new DataView(into.buffer, into.byteOffset);
    let at = 0;
    for (let seq = this.#from; seq < next;) {
      const behind = this.#behindKept(seq, next);
      if (behind === seq) {
        at += this.#copyChanged(seq, into, at, view);
        seq += 1;
        continue;
      }
      const start = startOf(seq);
      into.set(bytes.subarray(start, startOf(behind)), at);
      for (; seq < behind; seq += 1) this.#adjust(seq, view, at + startOf(seq) - start);
      at += startOf(behind) - start;
    }
  }

  /** The first event from `seq` on whose record does not keep its length; `next` when all do. */
  #behindKept(seq: number, next: number): number {
    let behind = seq;
    while (behind < next && this.#keepsLength(behind)) behind += 1;
    return behind;
  }

  #keepsLength(seq: number): boolean {
    const holder = this.#holderOf(seq);
    return holder === seq ? !this.#isCut(seq) : this.#carrierOf(holder) !== null;
  }

  /** A record that has data of another length in the batch. */
  #copyChanged(seq: number, into: Uint8Array, at: number, view: DataView): number {
    const { bytes, startOf } = this.#records;
    const holder = this.#holderOf(seq);
    if (holder !== seq) this.#carried = { holder, by: seq };
    const start = startOf(seq);
    const head = this.#lengthHere(seq) - (holder === seq ? this.#dataLength(seq) : repeatBytes);
    const end = startOf(holder + 1);
    const data = bytes.subarray(end - this.#dataLength(holder), end);
    return copyCut(bytes.subarray(start, start + head), data, this.#dataBytes, into, at, view);
  }

  /** What means something else in the batch than in the block, in the copy of a record at `at`. */
  #adjust(seq: number, view: DataView, at: number): void {
    const holder = this.#holderOf(seq);
    let flags = view.getUint8(at + flagsAt) & ~beginsBlock;
    if (holder !== seq) {
      view.setUint32(at + this.#lengthHere(seq) - repeatBytes, seq - (this.#carrierOf(holder) ?? seq), true);
      if (this.#isCut(holder)) flags |= isCut;
    }
    view.setUint8(at + flagsAt, flags);
  }

  /** The event whose record has the data of this one. */
  #holderOf(seq: number): number {
    const { bytes, view, startOf, has } = this.#records;
    const holder = seq - repeatDistance(bytes, startOf(seq), view);
    return has(holder) ? holder : seq;
  }

  /** The event of the batch whose record has the data that the record of `holder` has in the block; null when none has. */
  #carrierOf(holder: number): number | null {
    if (holder >= this.#from) return holder;
    return this.#carried.holder === holder ? this.#carried.by : null;
  }

  #lengthHere(seq: number): number {
    const { startOf } = this.#records;
    return startOf(seq + 1) - startOf(seq);
  }

  #isCut(seq: number): boolean {
    // Most records are short: then it need not be known what of them is data.
    return this.#lengthHere(seq) - headerBytes > this.#dataBytes && this.#dataLength(seq) > this.#dataBytes;
  }

  #dataLength(seq: number): number {
    const { bytes, view, startOf } = this.#records;
    const place = dataPlace(bytes, startOf(seq), view);
    return place?.repeats === 0 ? place.end - place.start : 0;
  }
}
