/**
 * One record per event: in the agent's memory and in session files; a page gets them packed (`packing.ts`). Little endian.
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
 * Hand-laid for what moves bytes, which is nearly all events under load; JSON for the rest, which are few. This file has
 * the part that all begin with; `write-record.ts` and `read-record.ts` know what follows it.
 */
import { eventTypes } from '../events/event.ts';
import type { EventType } from '../events/event.ts';

/** Bytes of the part every record begins with. */
export const headerBytes = 32;
export const flagsAt = 5;
/** The bits of flags. */
export const hasRemote = 1;
export const isCut = 2;
export const isRepeat = 4;
export const beginsBlock = 8;
/** Bytes before a remote address's host, and of the distance to the record that is repeated. */
export const remoteHeaderBytes = 3;
export const repeatBytes = 4;
/** Of a host, in characters. */
export const longestHost = 255;
/** The most bytes that a UTF-16 unit of a string takes as UTF-8. */
export const longestUtf8PerUnit = 3;

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export interface RecordHeader {
  readonly length: number;
  readonly type: EventType;
  readonly flags: number;
  readonly seq: number;
  readonly time: number;
  readonly socket: number;
  readonly size: number;
}

/** The record's common header, or null when there is none whole at `at`. */
export function readHeader(bytes: Uint8Array, at: number, view = viewOf(bytes)): RecordHeader | null {
  if (at < 0 || at + headerBytes > bytes.length) return null;
  const length = view.getUint32(at, true);
  const type = eventTypes[view.getUint8(at + 4)];
  if (type === undefined || length < headerBytes || at + length > bytes.length) return null;
  return {
    length,
    type,
    flags: view.getUint8(at + flagsAt),
    seq: view.getFloat64(at + 8, true),
    time: view.getFloat64(at + 16, true),
    socket: view.getUint32(at + 24, true),
    size: view.getUint32(at + 28, true),
  };
}

export const isBlockStart = ({ flags }: RecordHeader): boolean => (flags & beginsBlock) !== 0;

export const isPosition = (seq: number): boolean => Number.isSafeInteger(seq) && seq >= 1;
export const isTime = (time: number): boolean => Number.isFinite(time) && time >= 0;
