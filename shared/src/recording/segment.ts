/**
 * A session file: one segment or several, one after the other, as `cat` would join them. Little endian.
 *
 *     0  8 bytes  "SOCKPLAY"
 *     8  u16      version of this layout
 *    10  u8       state: 0 = being written, 1 = finished, the next segment follows, 2 = finished, the session ended
 *    11  u8       0
 *    12  u32      length of the head
 *    16  f64      number of the last event once it is finished, else 0
 *    24  f64      its bytes once it is finished, else 0: fewer or more are damage
 *    32           the head as JSON, then blocks of records (`wire/block.ts`), numbered without gaps
 *
 * Each segment can be read by itself: its head says which sockets were open at its beginning. In a copy, which leaves while
 * it is made, each says from the start that the session ended and with which event, and none its bytes.
 */
import * as z from 'zod/mini';
import { gapReason } from '../wire/messages.ts';
import { decodeUtf8Strictly, encodeUtf8 } from '../payload/utf8.ts';
import { headerBytes } from '../wire/layout.ts';
import { epochName } from './origin.ts';
import { parseStanding, standingStates } from './standing.ts';

const magic = encodeUtf8('SOCKPLAY');
export const segmentVersion = 1;
/** Bytes before the head. */
export const preambleBytes = 32;
const stateAt = 10;
const headLengthAt = 12;
const lastAt = 16;
const sizeAt = 24;

const position = z.int().check(z.minimum(1));

const segmentHead = z.strictObject({
  /** Names the agent run. */
  epoch: epochName,
  /** When it began, ISO 8601. */
  started: z.iso.datetime(),
  /** The process that writes it; 0 for a copy, which nobody goes on writing. */
  pid: z.int(),
  /** The number of the segment's first event. */
  first: position,
  /** The last event stored before this segment: where it is not `first - 1`, what lies between is missing. */
  follows: z.int().check(z.minimum(0)),
  /** Why it is, unless the disk did not take it. */
  missing: z.optional(gapReason),
  /** The sockets that were open right before `first`. */
  standing: standingStates,
});
export type SegmentHead = Readonly<z.infer<typeof segmentHead>>;

const segmentStates = ['open', 'continued', 'ended'] as const;
export type SegmentState = (typeof segmentStates)[number];

export interface Preamble {
  readonly version: number;
  readonly state: SegmentState;
  /** Bytes of the head that follows. */
  readonly headBytes: number;
  /** The segment's last event; null while it is being written, or when its writer was killed. In a copy the session's. */
  readonly last: number | null;
  /** Bytes of the whole segment; null as above, and in a copy. */
  readonly size: number | null;
}

/** Preamble and head of a segment that is being written; `end` is the last event of a session that ended before. */
export function writeSegmentHead(head: SegmentHead, end: number | null = null): Uint8Array<ArrayBuffer> {
  const text = encodeUtf8(JSON.stringify(head));
  const bytes = new Uint8Array(preambleBytes + text.length);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint16(8, segmentVersion, true);
  view.setUint32(headLengthAt, text.length, true);
  bytes.set(text, preambleBytes);
  if (end !== null) for (const { at, bytes: told } of segmentEnding('ended', end, 0)) bytes.set(told, at);
  return bytes;
}

/** What is written over the preamble, from byte `at` on, once the segment is finished and has `size` bytes. */
export function segmentEnding(
  state: SegmentState,
  last: number,
  size: number,
): { at: number; bytes: Uint8Array }[] {
  const numbers = new Uint8Array(16);
  const view = new DataView(numbers.buffer);
  view.setFloat64(0, last, true);
  view.setFloat64(sizeAt - lastAt, size, true);
  return [
    { at: lastAt, bytes: numbers },
    { at: stateAt, bytes: Uint8Array.of(segmentStates.indexOf(state)) },
  ];
}

/** The preamble at the start of `bytes`, or null when these bytes begin no segment. */
export function readPreamble(bytes: Uint8Array): Preamble | null {
  if (bytes.length < preambleBytes || magic.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const state = segmentStates[view.getUint8(stateAt)];
  if (state === undefined) return null;
  const positive = (number: number) => (Number.isSafeInteger(number) && number > 0 ? number : null);
  return {
    version: view.getUint16(8, true),
    state,
    headBytes: view.getUint32(headLengthAt, true),
    last: positive(view.getFloat64(lastAt, true)),
    size: positive(view.getFloat64(sizeAt, true)),
  };
}

/** The last event that a segment says there was; null when it does not say, or has no room for so many. */
export function toldLast({ last, size, headBytes }: Preamble, { first }: SegmentHead): number | null {
  if (last === null || size === null) return last;
  return (last - first + 1) * headerBytes <= size - preambleBytes - headBytes ? last : null;
}

/** The head, or null when these bytes are none. */
export function readSegmentHead(bytes: Uint8Array): SegmentHead | null {
  const text = decodeUtf8Strictly(bytes);
  const parsed = text === null ? null : segmentHead.safeParse(parseStanding(text));
  return parsed?.success === true ? parsed.data : null;
}
