/**
 * One record per event, in the agent's memory and in the batches a page receives. Little endian.
 *
 *     0  u32  length of the record, header included
 *     4  u8   type: position in `eventTypes`
 *     5  u8   flags: 1 = a remote address precedes the data, 2 = the data is cut
 *     6  u16  0
 *     8  f64  seq
 *    16  f64  time (ns since the epoch)
 *    24  u32  socket, 0 = none
 *    28  u32  size: bytes the kernel moved (sent, received), else 0
 *    32       sent, received: [u16 port, u8 length, host in ASCII] data; every other type: its fields as JSON
 *
 * Hand-laid for sent and received, which are nearly all events under load; JSON for the rest, which are few.
 */
import type { Address } from '../events/address.ts';
import { eventTypes, isTransfer, socketEvent } from '../events/event.ts';
import type { EventType, SocketEvent, Transfer } from '../events/event.ts';
import { decodeUtf8Strictly } from '../payload/utf8.ts';

const headerBytes = 32;
const remoteHeaderBytes = 3;
const longestHost = 255;
const hasRemote = 1;
const isCut = 2;

const encoder = new TextEncoder();
const typeNumbers = new Map(eventTypes.map((type, number) => [type, number]));

export interface RecordHeader {
  readonly length: number;
  readonly type: EventType;
  readonly flags: number;
  readonly seq: number;
  readonly time: number;
  readonly socket: number;
  readonly size: number;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Enough room for any encoding of the event, in bytes. */
export function roomFor(event: SocketEvent): number {
  if (isTransfer(event)) return headerBytes + remoteHeaderBytes + longestHost + event.data.length;
  const longestUtf8PerUnit = 3;
  return headerBytes + longestUtf8PerUnit * JSON.stringify(event).length;
}

/** Writes the event as one record and returns its length. `into` must have `roomFor(event)` bytes from `at` on. */
export function writeRecord(event: SocketEvent, into: Uint8Array, at: number): number {
  const view = viewOf(into);
  const end = isTransfer(event) ? writeTransfer(event, into, view, at) : writeFields(event, into, view, at);
  view.setUint32(at, end - at, true);
  view.setUint8(at + 4, typeNumbers.get(event.type) ?? 0);
  view.setUint16(at + 6, 0, true);
  view.setFloat64(at + 8, event.seq, true);
  view.setFloat64(at + 16, event.time, true);
  view.setUint32(at + 24, event.socket ?? 0, true);
  return end - at;
}

/** Writes everything behind the common header; returns the end. */
function writeTransfer(event: Transfer, into: Uint8Array, view: DataView, at: number): number {
  let flags = event.captured === undefined ? 0 : isCut;
  let end = at + headerBytes;
  if (event.remote) {
    flags |= hasRemote;
    end = writeRemote(event.remote, into, view, end);
  }
  view.setUint8(at + 5, flags);
  view.setUint32(at + 28, event.size, true);
  into.set(event.data, end);
  return end + event.data.length;
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
  view.setUint8(at + 5, 0);
  view.setUint32(at + 28, 0, true);
  const { written } = encoder.encodeInto(JSON.stringify(fields), into.subarray(at + headerBytes));
  return at + headerBytes + written;
}

/** The record's common header, or null when there is none whole at `at`. */
export function readHeader(bytes: Uint8Array, at: number): RecordHeader | null {
  if (at < 0 || at + headerBytes > bytes.length) return null;
  const view = viewOf(bytes);
  const length = view.getUint32(at, true);
  const type = eventTypes[view.getUint8(at + 4)];
  if (type === undefined || length < headerBytes || at + length > bytes.length) return null;
  return {
    length,
    type,
    flags: view.getUint8(at + 5),
    seq: view.getFloat64(at + 8, true),
    time: view.getFloat64(at + 16, true),
    socket: view.getUint32(at + 24, true),
    size: view.getUint32(at + 28, true),
  };
}

/** The event at `at`, or null when the bytes are no record. Data is a view of `bytes`, not a copy. Never throws. */
export function readRecord(bytes: Uint8Array, at: number): { event: SocketEvent; next: number } | null {
  const header = readHeader(bytes, at);
  if (header === null) return null;
  const body = bytes.subarray(at + headerBytes, at + header.length);
  const event =
    header.type === 'sent' || header.type === 'received'
      ? readTransfer(header, body)
      : readFields(header, body);
  return event && { event, next: at + header.length };
}

function readTransfer(header: RecordHeader, body: Uint8Array): SocketEvent | null {
  const { type, seq, time, socket, size } = header;
  if (type !== 'sent' && type !== 'received') return null;
  const remote = header.flags & hasRemote ? readRemote(body) : undefined;
  if (remote === null || socket === 0 || !isPosition(seq) || !isTime(time)) return null;
  const data = remote === undefined ? body : body.subarray(remoteHeaderBytes + remote.host.length);
  const cut = (header.flags & isCut) !== 0;
  if (cut ? data.length > size : data.length !== size) return null;
  return {
    seq,
    time,
    socket,
    type,
    size,
    data,
    ...(cut ? { captured: data.length } : {}),
    ...(remote === undefined ? {} : { remote }),
  };
}

const isPosition = (seq: number) => Number.isSafeInteger(seq) && seq >= 1;
const isTime = (time: number) => Number.isFinite(time) && time >= 0;

function readRemote(body: Uint8Array): Address | null {
  const [low, high, length] = body;
  if (low === undefined || high === undefined || length === undefined) return null;
  const text = body.subarray(remoteHeaderBytes, remoteHeaderBytes + length);
  if (text.length !== length || text.some((byte) => byte > 0x7f)) return null;
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

/** Bytes the record will take once its data is cut to `most` bytes. */
export function cutLength(record: Uint8Array, most: number): number {
  return record.length - excess(record, most);
}

/** Copies one record to `into`, its data cut to `most` bytes and marked as cut when it was longer; returns its new length. */
export function copyCut(record: Uint8Array, most: number, into: Uint8Array, at: number): number {
  const surplus = excess(record, most);
  const length = record.length - surplus;
  into.set(record.subarray(0, length), at);
  if (surplus === 0) return length;
  const view = viewOf(into);
  view.setUint32(at, length, true);
  view.setUint8(at + 5, view.getUint8(at + 5) | isCut);
  return length;
}

function excess(record: Uint8Array, most: number): number {
  const header = readHeader(record, 0);
  if (header === null || (header.type !== 'sent' && header.type !== 'received')) return 0;
  const hostLength = header.flags & hasRemote ? (record[headerBytes + 2] ?? 0) + remoteHeaderBytes : 0;
  return Math.max(0, record.length - headerBytes - hostLength - most);
}

/** Every event of a batch, in order. `torn` says that the batch ends in bytes that are no record. */
export function readBatch(bytes: Uint8Array): { events: SocketEvent[]; torn: boolean } {
  const events: SocketEvent[] = [];
  let at = 0;
  while (at < bytes.length) {
    const record = readRecord(bytes, at);
    if (record === null) return { events, torn: true };
    events.push(record.event);
    at = record.next;
  }
  return { events, torn: false };
}
