/** A batch (`packing.ts`) → its events. The bytes may be anybody's: what is no event ends it, and nothing here throws. */
import type { Address } from '../events/address.ts';
import { carriesBytes, eventTypes } from '../events/event.ts';
import type { SocketEvent, Transfer } from '../events/event.ts';
import { isPosition, isTime, remoteHeaderBytes, viewOf } from './layout.ts';
import {
  firstEventAt,
  hasRemote,
  isCut,
  isReceived,
  isRepeat,
  isSameData,
  isSameRemote,
  isSameSocket,
  numberLimit,
  timeAt,
} from './packing.ts';
import { readFields } from './read-fields.ts';
import { readRecord, readRemote } from './read-record.ts';

/** Every event of a batch, in order; data are views of `bytes`. `torn` says that it ends in bytes that are no event. */
export function readBatch(bytes: Uint8Array): { events: SocketEvent[]; torn: boolean } {
  const unpacking = new Unpacking(bytes);
  const events: SocketEvent[] = [];
  for (let event = unpacking.next(events); event !== null; event = unpacking.next(events)) events.push(event);
  return { events, torn: unpacking.isTorn };
}

type Measure = Pick<Transfer, 'size' | 'data' | 'captured'>;

class Unpacking {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #seq: number;
  #time: number;
  /** The last transfer, and the last remote address. */
  #last: Transfer | null = null;
  #remote: Address | null = null;
  #at = firstEventAt;
  /** Behind the last event. */
  #end = firstEventAt;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    const isBegun = bytes.length >= firstEventAt;
    this.#seq = isBegun ? this.#view.getFloat64(0, true) : NaN;
    this.#time = isBegun ? this.#view.getFloat64(timeAt, true) : NaN;
  }

  get isTorn(): boolean {
    return this.#end !== this.#bytes.length;
  }

  /** The event behind these; null when there is none. */
  next(before: readonly SocketEvent[]): SocketEvent | null {
    if (this.#at >= this.#bytes.length || !isPosition(this.#seq)) return null;
    const event = this.#read(this.#byte(), before);
    if (event === null) return null;
    this.#seq += 1;
    this.#time = event.time;
    this.#end = this.#at;
    return event;
  }

  #read(kind: number, before: readonly SocketEvent[]): SocketEvent | null {
    if (kind === 0) return this.#record();
    const time = this.#time + this.#number();
    return kind % 2 === 0 ? this.#fields(kind / 2 - 1, time) : this.#transfer(kind, time, before);
  }

  #record(): SocketEvent | null {
    const record = readRecord(this.#bytes, this.#at, undefined, this.#view);
    if (record?.event.seq !== this.#seq) return null;
    this.#at = record.next;
    return record.event;
  }

  #fields(number: number, time: number): SocketEvent | null {
    const type = eventTypes[number];
    const socket = this.#number();
    const fields = this.#data(this.#number());
    if (type === undefined || fields === null || Number.isNaN(socket)) return null;
    return readFields({ type, seq: this.#seq, time, socket }, fields);
  }

  #transfer(kind: number, time: number, before: readonly SocketEvent[]): SocketEvent | null {
    const socket = kind & isSameSocket ? (this.#last?.socket ?? 0) : this.#number();
    const remote = kind & hasRemote ? this.#address(kind) : undefined;
    const measure = kind & isSameData ? this.#last : this.#measure(kind, before);
    if (measure === null || remote === null || !isPosition(socket) || !isTime(time)) return null;
    const { size, data, captured } = measure;
    const type = kind & isReceived ? 'received' : 'sent';
    const event: Transfer = { seq: this.#seq, time, socket, type, size, data };
    if (captured !== undefined) event.captured = captured;
    if (remote !== undefined) event.remote = remote;
    return (this.#last = event);
  }

  /** How many bytes there were and those that are here, or null when there are none or they contradict each other. */
  #measure(kind: number, before: readonly SocketEvent[]): Measure | null {
    const size = this.#number();
    const cut = (kind & isCut) !== 0;
    const data = kind & isRepeat ? this.#repeated(before) : this.#data(cut ? this.#number() : size);
    const isSound = data !== null && (cut ? data.length <= size : data.length === size);
    if (!isSound) return null;
    return cut ? { size, data, captured: data.length } : { size, data };
  }

  #repeated(before: readonly SocketEvent[]): Uint8Array | null {
    const event = before[before.length - this.#number()];
    return event !== undefined && carriesBytes(event) ? event.data : null;
  }

  #data(length: number): Uint8Array | null {
    const start = this.#at;
    if (Number.isNaN(length) || start + length > this.#bytes.length) return null;
    this.#at = start + length;
    return this.#bytes.subarray(start, this.#at);
  }

  #address(kind: number): Address | null {
    if (kind & isSameRemote) return this.#remote;
    const start = this.#at;
    this.#at = start + remoteHeaderBytes + (this.#bytes[start + 2] ?? 0);
    this.#remote = this.#at <= this.#bytes.length ? readRemote(this.#bytes, start) : null;
    return this.#remote;
  }

  /** NaN behind the last one. */
  #byte(): number {
    const byte = this.#bytes[this.#at] ?? NaN;
    this.#at += 1;
    return byte;
  }

  /** NaN where there is none. */
  #number(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    let value = first % 0x80;
    for (let factor = 0x80; factor < numberLimit; factor *= 0x80) {
      const byte = this.#byte();
      value += (byte % 0x80) * factor;
      if (byte < 0x80) return value;
    }
    return NaN;
  }
}
