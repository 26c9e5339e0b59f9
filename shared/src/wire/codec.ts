/**
 * One record per event: in the agent's memory, in session files and in the batches a page receives. Little endian.
 *
 *     0  u32  length of the record, header included
 *     4  u8   type: position in `eventTypes`
 *     5  u8   flags: 1 = a remote address precedes the data, 2 = the data is cut,
 *             4 = the data is that of an earlier record of this block, 8 = the first record of a block (`block.ts`)
 *     6  u16  0
 *     8  f64  seq
 *    16  f64  time (ns since the epoch)
 *    24  u32  socket, 0 = none
 *    28  u32  size: bytes the kernel moved (sent, received), else 0
 *    32       sent, received: [u16 port, u8 length, host in ASCII], then data, or with flag 4
 *             [u32 how many events before this one the record with the same data is]; segment: `segment-fields.ts`, then
 *             data; every other type: its fields as JSON
 *
 * Hand-laid for what moves bytes, which is nearly all events under load; JSON for the rest, which are few.
 */
import type { Address } from '../events/address.ts';
import { eventTypes, isTransfer, socketEvent } from '../events/event.ts';
import type { Carrier, EventOf, SocketEvent, Transfer } from '../events/event.ts';
import { decodeUtf8Strictly } from '../payload/utf8.ts';
import { beginsBlock, flagsAt, headerBytes, readHeader, viewOf } from './header.ts';
import type { RecordHeader } from './header.ts';
import { readSegment, segmentDataStart, segmentRoom, writeSegment } from './segment-fields.ts';

const remoteHeaderBytes = 3;
const longestHost = 255;
const hasRemote = 1;
const isCut = 2;
const isRepeat = 4;
const repeatBytes = 4;

const encoder = new TextEncoder();
const typeNumbers = new Map(eventTypes.map((type, number) => [type, number]));
const transferNumbers = [eventTypes.indexOf('sent'), eventTypes.indexOf('received')];
const segmentNumber = eventTypes.indexOf('segment');

/** Enough room for any encoding of the event, in bytes. */
export function roomFor(event: SocketEvent): number {
  if (isTransfer(event)) return headerBytes + remoteHeaderBytes + longestHost + event.data.length;
  if (event.type === 'segment') return headerBytes + segmentRoom(event) + event.data.length;
  const longestUtf8PerUnit = 3;
  return headerBytes + longestUtf8PerUnit * JSON.stringify(event).length;
}

/** The same for a `sent` or `received` whose data an earlier record has. */
export const roomForRepeat = headerBytes + remoteHeaderBytes + longestHost + repeatBytes;

/** Writes the event as one record and returns its length. `into` must have `roomFor(event)` bytes from `at` on. */
export function writeRecord(event: SocketEvent, into: Uint8Array, at: number, view = viewOf(into)): number {
  return writeHead(event, view, at, writeBody(event, into, view, at));
}

/** Writes what is not the same for all types; returns the end. */
function writeBody(event: SocketEvent, into: Uint8Array, view: DataView, at: number): number {
  if (isTransfer(event)) return writeTransfer(event, into, view, at);
  return event.type === 'segment' ? writeCaptured(event, into, view, at) : writeFields(event, into, view, at);
}

/** Writes a transfer without its data: that of the record `distance` events before has it. Returns the record's length. */
export function writeRepeat(
  event: Transfer,
  distance: number,
  into: Uint8Array,
  at: number,
  view = viewOf(into),
): number {
  const end = writeTransferHead(event, isRepeat, into, view, at);
  view.setUint32(end, distance, true);
  return writeHead(event, view, at, end + repeatBytes);
}

/** Marks a record as the first of a block. */
export function markBlockStart(record: Uint8Array, at: number): void {
  record[at + flagsAt] = (record[at + flagsAt] ?? 0) | beginsBlock;
}

function writeHead(event: SocketEvent, view: DataView, at: number, end: number): number {
  view.setUint32(at, end - at, true);
  view.setUint8(at + 4, typeNumbers.get(event.type) ?? 0);
  view.setUint16(at + 6, 0, true);
  view.setFloat64(at + 8, event.seq, true);
  view.setFloat64(at + 16, event.time, true);
  view.setUint32(at + 24, event.socket ?? 0, true);
  return end - at;
}

function writeTransfer(event: Transfer, into: Uint8Array, view: DataView, at: number): number {
  const end = writeTransferHead(event, 0, into, view, at);
  into.set(event.data, end);
  return end + event.data.length;
}

function writeCaptured(event: EventOf<'segment'>, into: Uint8Array, view: DataView, at: number): number {
  const end = writeSegment(event, into, view, at + headerBytes);
  view.setUint8(at + flagsAt, event.captured === undefined ? 0 : isCut);
  view.setUint32(at + 28, event.size, true);
  into.set(event.data, end);
  return end + event.data.length;
}

/** Writes what stands between the common header and the data; returns the end. */
function writeTransferHead(
  event: Transfer,
  flag: number,
  into: Uint8Array,
  view: DataView,
  at: number,
): number {
  let flags = event.captured === undefined ? flag : flag | isCut;
  let end = at + headerBytes;
  if (event.remote) {
    flags |= hasRemote;
    end = writeRemote(event.remote, into, view, end);
  }
  view.setUint8(at + flagsAt, flags);
  view.setUint32(at + 28, event.size, true);
  return end;
}

function writeRemote({ host, port }: Address, into: Uint8Array, view: DataView, at: number): number {
  const { written } = encoder.encodeInto(
    host,
    into.subarray(at + remoteHeaderBytes, at + remoteHeaderBytes + longestHost),
  );
  view.setUint16(at, port, true);
  view.setUint8(at + 2, written);
  return at + remoteHeaderBytes + written;
}

function writeFields(event: SocketEvent, into: Uint8Array, view: DataView, at: number): number {
  const { seq, time, socket, type, ...fields } = event;
  view.setUint8(at + flagsAt, 0);
  view.setUint32(at + 28, 0, true);
  const { written } = encoder.encodeInto(JSON.stringify(fields), into.subarray(at + headerBytes));
  return at + headerBytes + written;
}

/** Where a record's data are: its own bytes from `start` to `end`, or those of the record `repeats` events before. */
export interface DataPlace {
  readonly start: number;
  readonly end: number;
  readonly repeats: number;
}

/** Where the data of the event at `at` are, or null when its record has none or has no room for what it says. */
export function dataPlace(bytes: Uint8Array, at: number, view = viewOf(bytes)): DataPlace | null {
  const type = view.getUint8(at + 4);
  const end = at + view.getUint32(at, true);
  if (type === segmentNumber) {
    const begin = segmentDataStart(view, at + headerBytes, end);
    return begin > end ? null : { start: begin, end, repeats: 0 };
  }
  if (!transferNumbers.includes(type)) return null;
  const flags = view.getUint8(at + flagsAt);
  const remote = flags & hasRemote ? remoteHeaderBytes + (bytes[at + headerBytes + 2] ?? 0) : 0;
  const start = at + headerBytes + remote;
  if (start > end) return null;
  if (!(flags & isRepeat)) return { start, end, repeats: 0 };
  if (start + repeatBytes !== end) return null;
  const repeats = view.getUint32(start, true);
  return repeats === 0 ? null : { start, end, repeats };
}

const nothingBefore = () => null;

/**
 * The event at `at`, or null when the bytes are no record. Data is a view of `bytes`, not a copy; `repeated` answers the
 * data of a record by how many events before this one it is. Never throws.
 */
export function readRecord(
  bytes: Uint8Array,
  at: number,
  repeated: Repeated = nothingBefore,
  view = viewOf(bytes),
): { event: SocketEvent; next: number } | null {
  const header = readHeader(bytes, at, view);
  if (header === null) return null;
  const event = readEvent(bytes, at, header, repeated, view);
  return event && { event, next: at + header.length };
}

type Repeated = (distance: number) => Uint8Array | null;

function readEvent(
  bytes: Uint8Array,
  at: number,
  header: RecordHeader,
  repeated: Repeated,
  view: DataView,
): SocketEvent | null {
  switch (header.type) {
    case 'sent':
    case 'received':
      return readTransfer(bytes, at, header, repeated, view);
    case 'segment':
      return readCaptured(bytes, at, header, view);
    default:
      return readFields(header, bytes.subarray(at + headerBytes, at + header.length));
  }
}

function readTransfer(
  bytes: Uint8Array,
  at: number,
  header: RecordHeader,
  repeated: Repeated,
  view: DataView,
): SocketEvent | null {
  const { type, seq, time, socket, flags } = header;
  const place = dataPlace(bytes, at, view);
  if (place === null || (type !== 'sent' && type !== 'received')) return null;
  const remote = flags & hasRemote ? readRemote(bytes, at + headerBytes) : undefined;
  if (remote === null || socket === 0 || !isPosition(seq) || !isTime(time)) return null;
  const data = place.repeats === 0 ? bytes.subarray(place.start, place.end) : repeated(place.repeats);
  const measure = data && measureOf(header, data);
  if (measure === null) return null;
  return { seq, time, socket, type, ...measure, ...(remote === undefined ? {} : { remote }) };
}

function readCaptured(
  bytes: Uint8Array,
  at: number,
  header: RecordHeader,
  view: DataView,
): SocketEvent | null {
  const { seq, time, socket } = header;
  const place = dataPlace(bytes, at, view);
  if (place === null || socket !== 0 || !isPosition(seq) || !isTime(time)) return null;
  const fields = readSegment(bytes, view, at + headerBytes, place.start);
  const measure = measureOf(header, bytes.subarray(place.start, place.end));
  return fields && measure && { seq, time, socket: null, type: 'segment', ...fields, ...measure };
}

/** How many bytes there were and those that are here, or null when the record contradicts itself. */
function measureOf(
  { size, flags }: RecordHeader,
  data: Uint8Array,
): Pick<Carrier, 'size' | 'data' | 'captured'> | null {
  const cut = (flags & isCut) !== 0;
  if (cut ? data.length > size : data.length !== size) return null;
  return cut ? { size, data, captured: data.length } : { size, data };
}

const isPosition = (seq: number) => Number.isSafeInteger(seq) && seq >= 1;
const isTime = (time: number) => Number.isFinite(time) && time >= 0;

/** The address at `at`; `dataPlace` has found that there is room for it. */
function readRemote(bytes: Uint8Array, at: number): Address | null {
  const [low = 0, high = 0, length = 0] = bytes.subarray(at, at + remoteHeaderBytes);
  const text = bytes.subarray(at + remoteHeaderBytes, at + remoteHeaderBytes + length);
  if (text.some((byte) => byte > 0x7f)) return null;
  return { host: String.fromCharCode(...text), port: low | (high << 8) };
}

function readFields(header: RecordHeader, body: Uint8Array): SocketEvent | null {
  const { seq, time, socket, type } = header;
  const fields = parseObject(decodeUtf8Strictly(body));
  if (fields === null) return null;
  const parsed = socketEvent.safeParse({ ...fields, seq, time, type, socket: socket === 0 ? null : socket });
  return parsed.success ? parsed.data : null;
}

function parseObject(text: string | null): object | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/**
 * Writes the head of a transfer's record to `into`, followed by these data in place of its own, cut to `most` bytes and
 * marked as cut when they were longer; what only means something inside a block is left out. Returns the new length.
 */
export function copyCut(
  head: Uint8Array,
  data: Uint8Array,
  most: number,
  into: Uint8Array,
  at: number,
  view = viewOf(into),
): number {
  const kept = data.length > most ? data.subarray(0, most) : data;
  into.set(head, at);
  into.set(kept, at + head.length);
  view.setUint32(at, head.length + kept.length, true);
  const flags = view.getUint8(at + flagsAt) & ~(isRepeat | beginsBlock);
  view.setUint8(at + flagsAt, kept.length < data.length ? flags | isCut : flags);
  return head.length + kept.length;
}

/** Copies any other record to `into`, without what only means something inside a block. Returns its length. */
export function copyWhole(record: Uint8Array, into: Uint8Array, at: number): number {
  into.set(record, at);
  into[at + flagsAt] = (into[at + flagsAt] ?? 0) & ~beginsBlock;
  return record.length;
}

/** Every event of a batch, in order. `torn` says that the batch ends in bytes that are no record. */
export function readBatch(bytes: Uint8Array): { events: SocketEvent[]; torn: boolean } {
  const events: SocketEvent[] = [];
  const view = viewOf(bytes);
  let at = 0;
  while (at < bytes.length) {
    const record = readRecord(bytes, at, nothingBefore, view);
    if (record === null) return { events, torn: true };
    events.push(record.event);
    at = record.next;
  }
  return { events, torn: false };
}
