/** Records → events. The bytes may be anybody's: whatever is no record is null, and nothing here throws. */
import type { Address } from '../events/address.ts';
import type { Carrier, SocketEvent } from '../events/event.ts';
import { typeNumber } from '../events/type-number.ts';
import { sendQueueBytes } from '../limits.ts';
import {
  flagsAt,
  hasRemote,
  headerBytes,
  isCut,
  isRepeat,
  isPosition,
  isTime,
  readHeader,
  remoteHeaderBytes,
  repeatBytes,
  viewOf,
} from './layout.ts';
import type { RecordHeader } from './layout.ts';
import { readFields } from './read-fields.ts';
import { readSegment, segmentDataStart } from './segment-fields.ts';

const lastAscii = 0x7f;
const sentNumber = typeNumber('sent');
const receivedNumber = typeNumber('received');
const segmentNumber = typeNumber('segment');

const isTransferNumber = (type: number) => type === sentNumber || type === receivedNumber;

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
  if (!isTransferNumber(type)) return null;
  const flags = view.getUint8(at + flagsAt);
  const start = behindRemote(bytes, at, flags);
  if (start > end) return null;
  if (!(flags & isRepeat)) return { start, end, repeats: 0 };
  if (start + repeatBytes !== end) return null;
  const repeats = view.getUint32(start, true);
  return repeats === 0 ? null : { start, end, repeats };
}

/** How many events before it the record at `at` has its data from; 0 when it has them itself, or none. */
export function repeatDistance(bytes: Uint8Array, at: number, view: DataView): number {
  const flags = view.getUint8(at + flagsAt);
  if (!(flags & isRepeat) || !isTransferNumber(view.getUint8(at + 4))) return 0;
  const end = at + view.getUint32(at, true);
  return behindRemote(bytes, at, flags) + repeatBytes === end ? view.getUint32(end - repeatBytes, true) : 0;
}

/** Where a transfer's record has its data, or says whose they are. */
function behindRemote(bytes: Uint8Array, at: number, flags: number): number {
  const behind = at + headerBytes;
  return flags & hasRemote ? behind + remoteHeaderBytes + byteAt(bytes, behind + 2) : behind;
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

/**
 * How many bytes there were and those that are here, or null when the record contradicts itself, or says that a socket
 * moved more at once than any can.
 */
function measureOf(
  { type, size, flags }: RecordHeader,
  data: Uint8Array,
): Pick<Carrier, 'size' | 'data' | 'captured'> | null {
  if (type !== 'segment' && size > sendQueueBytes) return null;
  const cut = (flags & isCut) !== 0;
  if (cut ? data.length > size : data.length !== size) return null;
  return cut ? { size, data, captured: data.length } : { size, data };
}

/** The address at `at`; whoever asks has found that there is room for it. Each datagram has one: views would cost most of it. */
export function readRemote(bytes: Uint8Array, at: number): Address | null {
  const start = at + remoteHeaderBytes;
  const end = start + byteAt(bytes, at + 2);
  let host = '';
  for (let next = start; next < end; next += 1) {
    const byte = byteAt(bytes, next);
    if (byte > lastAscii) return null;
    host += String.fromCharCode(byte);
  }
  return { host, port: byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) };
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
