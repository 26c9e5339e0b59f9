/** The part that all records begin with, as `codec.ts` lays it out. */
import { eventTypes } from '../events/event.ts';
import type { EventType } from '../events/event.ts';

/** Bytes of the part every record begins with. */
export const headerBytes = 32;
export const flagsAt = 5;
export const beginsBlock = 8;

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
