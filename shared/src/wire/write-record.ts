/** Events → records. */
import type { Address } from '../events/address.ts';
import { carriesBytes, isTransfer } from '../events/event.ts';
import type { EventOf, SocketEvent, Transfer } from '../events/event.ts';
import { typeNumber } from '../events/type-number.ts';
import {
  beginsBlock,
  flagsAt,
  hasRemote,
  headerBytes,
  isCut,
  isRepeat,
  longestHost,
  longestUtf8PerUnit,
  remoteHeaderBytes,
  repeatBytes,
  viewOf,
} from './layout.ts';
import { segmentRoom, writeSegment } from './segment-fields.ts';

const encoder = new TextEncoder();

/** What a record says in JSON; empty for what carries bytes. Whoever asks for the room and then writes makes it once. */
export function fieldsOf(event: SocketEvent): string {
  if (carriesBytes(event)) return '';
  const { seq, time, socket, type, ...fields } = event;
  return JSON.stringify(fields);
}

/** Enough room for any encoding of the event, in bytes. */
export function roomFor(event: SocketEvent, fields = fieldsOf(event)): number {
  if (isTransfer(event)) return headerBytes + remoteHeaderBytes + longestHost + event.data.length;
  if (event.type === 'segment') return headerBytes + segmentRoom(event) + event.data.length;
  return headerBytes + longestUtf8PerUnit * fields.length;
}

/** The same for a `sent` or `received` whose data an earlier record has. */
export const roomForRepeat = headerBytes + remoteHeaderBytes + longestHost + repeatBytes;

/** Writes the event as one record and returns its length. `into` must have `roomFor(event)` bytes from `at` on. */
export function writeRecord(
  event: SocketEvent,
  into: Uint8Array,
  at: number,
  view = viewOf(into),
  fields = fieldsOf(event),
): number {
  return writeHead(event, view, at, writeBody(event, fields, into, view, at));
}

/** Writes what is not the same for all types; returns the end. */
function writeBody(event: SocketEvent, fields: string, into: Uint8Array, view: DataView, at: number): number {
  if (isTransfer(event)) return writeTransfer(event, into, view, at);
  return event.type === 'segment'
    ? writeCaptured(event, into, view, at)
    : writeFields(fields, into, view, at);
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
  view.setUint8(at + 4, typeNumber(event.type));
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

/** What is no ASCII, and so no address, is written as what will not be read as one. */
function writeRemote({ host, port }: Address, into: Uint8Array, view: DataView, at: number): number {
  const length = Math.min(host.length, longestHost);
  const start = at + remoteHeaderBytes;
  for (let index = 0; index < length; index += 1)
    into[start + index] = Math.min(host.charCodeAt(index), 0xff);
  view.setUint16(at, port, true);
  view.setUint8(at + 2, length);
  return start + length;
}

function writeFields(fields: string, into: Uint8Array, view: DataView, at: number): number {
  view.setUint8(at + flagsAt, 0);
  view.setUint32(at + 28, 0, true);
  const { written } = encoder.encodeInto(fields, into.subarray(at + headerBytes));
  return at + headerBytes + written;
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
