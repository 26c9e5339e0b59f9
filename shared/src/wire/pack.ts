/** Records of a block → a batch (`packing.ts`): data cut to what a row shows, and data that come again written once. */
import { typeNumber } from '../events/type-number.ts';
import * as layout from './layout.ts';
import {
  firstEventAt,
  hasRemote,
  isCut,
  isReceived,
  isRepeat,
  isSameData,
  isSameRemote,
  isSameSocket,
  isTransfer,
  longestNumber,
  numberLimit,
  timeAt,
} from './packing.ts';
import { dataPlace, repeatDistance } from './read-record.ts';
import { copyCut } from './write-record.ts';

/** Events ready to be sent; `next` is the number of the one after them. */
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

/** A batch is no longer than this, but has at least one event. */
export interface BatchCaps {
  readonly bytes: number;
  readonly events: number;
  /** Of each event's data. */
  readonly dataBytes: number;
}

/** Where in the block the data are that the record of an event has itself. */
interface Held {
  readonly seq: number;
  readonly start: number;
  readonly end: number;
}

/** A remote address in the block, and whether the one before it was the same. */
interface Remote {
  readonly at: number;
  readonly length: number;
  readonly isSame: boolean;
}

const sent = typeNumber('sent');
const received = typeNumber('received');
const segment = typeNumber('segment');

/** The most that an event takes beside its data, or its fields. */
const eventRoom = 1 + 4 * longestNumber + layout.remoteHeaderBytes + 255;

/** Events from `from` to `to` (inclusive; both are in the block), as many as fit. */
export function pack(records: Records, from: number, to: number, caps: BatchCaps): Batch {
  const packer = new Packer(records, from, caps.dataBytes);
  const end = Math.min(to, from + caps.events - 1);
  packer.add(from);
  let next = from + 1;
  for (; next <= end; next += 1) {
    const length = packer.length;
    packer.add(next);
    if (packer.length > caps.bytes) return { bytes: packer.end(length), next };
  }
  return { bytes: packer.end(packer.length), next };
}

/** So many bytes are copied one by one. */
const viewedBytes = 48;

/** What every batch is written into, before anybody knows how long it will be; given back when it had to grow past all use. */
const usualRoom = 64 * 1024;
const mostRoom = 4 * 1024 * 1024;
let room = new Uint8Array(usualRoom);

class Packer {
  readonly #records: Records;
  readonly #from: number;
  readonly #dataBytes: number;
  #at = firstEventAt;
  #time: number;
  /** The transfer before. */
  #before = { socket: 0, size: -1, holder: 0, isShort: false };
  /** The remote address that came last. */
  #remote: Remote = { at: 0, length: 0, isSame: false };
  /** Data of an event before the batch that one of its events has, whole or cut. */
  #carried = { holder: 0, by: 0 };
  /** What was looked up last: most of a flood may have the data of one event. */
  #held: Held = { seq: 0, start: 0, end: 0 };

  constructor(records: Records, from: number, dataBytes: number) {
    this.#records = records;
    this.#from = from;
    this.#dataBytes = dataBytes;
    this.#time = records.view.getFloat64(records.startOf(from) + 16, true);
    const head = layout.viewOf(room);
    head.setFloat64(0, from, true);
    head.setFloat64(timeAt, this.#time, true);
  }

  get length(): number {
    return this.#at;
  }

  /** Ends the batch: a copy of its first so many bytes. */
  end(length: number): Uint8Array<ArrayBuffer> {
    const bytes = room.slice(0, length);
    if (room.length > mostRoom) room = new Uint8Array(usualRoom);
    return bytes;
  }

  /** Adds the next event. */
  add(seq: number): void {
    const { view, startOf } = this.#records;
    const start = startOf(seq);
    const type = view.getUint8(start + 4);
    const time = view.getFloat64(start + 16, true);
    const since = time - this.#time;
    const isNumber = Number.isInteger(since) && since >= 0 && since < numberLimit;
    const isPlain = isNumber && this.#time + since === time && type !== segment;
    this.#time = time;
    if (!isPlain) this.#addRecord(seq, start);
    else if (type === sent || type === received) this.#addTransfer(seq, start, type, since);
    else this.#addFields(start, startOf(seq + 1), type, since);
  }

  #addTransfer(seq: number, start: number, type: number, since: number): void {
    const { view } = this.#records;
    const before = this.#before;
    const flags = view.getUint8(start + layout.flagsAt);
    const socket = view.getUint32(start + 24, true);
    const size = view.getUint32(start + 28, true);
    const holder = this.#holderOf(seq, start);
    const held = this.#heldBy(holder);
    const length = held.end - held.start;
    const isCutThere = (flags & layout.isCut) !== 0;
    // Somebody has changed the file that the block was read from: its record is no event, and so the batch is torn there.
    if (isCutThere ? length > size : length !== size) return this.#addRecord(seq, start);
    const isShort = isCutThere || length > this.#dataBytes;
    const isSame = holder === before.holder && size === before.size && isShort === before.isShort;
    const carrier = isSame || holder === seq ? null : this.#carrierOf(holder);
    const remote = flags & layout.hasRemote ? this.#remoteAt(start + layout.headerBytes) : null;

    let bits = isTransfer;
    if (type === received) bits |= isReceived;
    if (socket === before.socket) bits |= isSameSocket;
    if (remote !== null) bits |= remote.isSame ? hasRemote | isSameRemote : hasRemote;
    if (isSame) bits |= isSameData;
    else if (isShort) bits |= isCut;
    if (carrier !== null) bits |= isRepeat;

    this.#makeRoom(eventRoom);
    this.#byte(bits);
    this.#number(since);
    if (socket !== before.socket) this.#number(socket);
    if (remote?.isSame === false) this.#copy(remote.at, remote.at + remote.length);
    if (!isSame) this.#number(size);
    if (carrier !== null) this.#number(seq - carrier);
    else if (!isSame) this.#addData(seq, held, isShort);
    this.#before = { socket, size, holder, isShort };
  }

  #addData(seq: number, { seq: holder, start, end }: Held, isShort: boolean): void {
    if (holder !== seq) this.#carried = { holder, by: seq };
    const length = Math.min(end - start, this.#dataBytes);
    this.#makeRoom(longestNumber + length);
    if (isShort) this.#number(length);
    this.#copy(start, start + length);
  }

  #addFields(start: number, end: number, type: number, since: number): void {
    const fields = start + layout.headerBytes;
    this.#makeRoom(eventRoom + end - fields);
    this.#byte((type + 1) * 2);
    this.#number(since);
    this.#number(this.#records.view.getUint32(start + 24, true));
    this.#number(end - fields);
    this.#copy(fields, end);
  }

  #addRecord(seq: number, start: number): void {
    const { bytes, view, startOf } = this.#records;
    const end = startOf(seq + 1);
    const place = dataPlace(bytes, start, view) ?? { start: end, end };
    const holder = this.#holderOf(seq, start);
    const held = holder === seq ? place : this.#heldBy(holder);
    this.#makeRoom(1 + place.start - start + Math.min(held.end - held.start, this.#dataBytes));
    this.#byte(0);
    const head = bytes.subarray(start, place.start);
    this.#at += copyCut(head, bytes.subarray(held.start, held.end), this.#dataBytes, room, this.#at);
  }

  /** The event whose record has the data of this one. */
  #holderOf(seq: number, start: number): number {
    const { bytes, view, has } = this.#records;
    const holder = seq - repeatDistance(bytes, start, view);
    return has(holder) ? holder : seq;
  }

  #heldBy(seq: number): Held {
    if (this.#held.seq === seq) return this.#held;
    const { bytes, view, startOf } = this.#records;
    const { start, end } = dataPlace(bytes, startOf(seq), view) ?? { start: 0, end: 0 };
    return (this.#held = { seq, start, end });
  }

  /** The event of the batch that has the data which the record of `holder` has in the block; null when none has. */
  #carrierOf(holder: number): number | null {
    if (holder >= this.#from) return holder;
    return this.#carried.holder === holder ? this.#carried.by : null;
  }

  /** The remote address that stands here in the block, and whether it is the one that was written last. */
  #remoteAt(at: number): Remote {
    const { bytes } = this.#records;
    const length = layout.remoteHeaderBytes + (bytes[at + 2] ?? 0);
    const isSame = length === this.#remote.length && areSame(bytes, at, this.#remote.at, length);
    this.#remote = { at, length, isSame };
    return this.#remote;
  }

  #makeRoom(bytes: number): void {
    if (room.length - this.#at >= bytes) return;
    const larger = new Uint8Array(Math.max(2 * room.length, this.#at + bytes));
    larger.set(room);
    room = larger;
  }

  #byte(value: number): void {
    room[this.#at] = value;
    this.#at += 1;
  }

  #number(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#byte((rest % 0x80) | 0x80);
    this.#byte(rest);
  }

  /** These bytes of the block. A view of a few costs more than they do. */
  #copy(start: number, end: number): void {
    const { bytes } = this.#records;
    if (end - start > viewedBytes) room.set(bytes.subarray(start, end), this.#at);
    else for (let at = start; at < end; at += 1) room[this.#at + at - start] = bytes[at] ?? 0;
    this.#at += end - start;
  }
}

function areSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let index = 0; index < length; index += 1)
    if (bytes[one + index] !== bytes[other + index]) return false;
  return true;
}
