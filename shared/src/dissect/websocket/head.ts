/** The head of a frame (RFC 6455 §5.2), and its mask (§5.3). */
import { numberAt } from '../reading.ts';

export interface FrameHead {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly isMasked: boolean;
  /** 4 bytes, or none. */
  readonly mask: Uint8Array;
  /** Bytes that mask bit and length take. */
  readonly lengthBytes: number;
  /** Bytes of the whole head, and of the data behind it. */
  readonly length: number;
  readonly size: number;
  /** No reserved bit, a known opcode, the shortest form of the length, control frames short and whole (§5.5). */
  readonly isPlausible: boolean;
}

const finalBit = 0x80;
const maskBit = 0x80;
const reservedBits = 0x70;
/** A length of 126 is followed by 2 bytes, one of 127 by 8; of these the first two are 0 in anything real. */
const widths: ReadonlyMap<number, number> = new Map([
  [126, 2],
  [127, 8],
]);
const mostControlBytes = 125;
const lastShort = 125;
const lastMiddle = 0xffff;
const maskLength = 4;
const firstControl = 8;

/** Null when the head is not all here. */
export function frameHead(bytes: Uint8Array): FrameHead | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const short = second & ~maskBit;
  const width = widths.get(short) ?? 0;
  const isMasked = (second & maskBit) !== 0;
  const length = 2 + width + (isMasked ? maskLength : 0);
  if (bytes.length < length) return null;
  const size = width === 0 ? short : sizeAt(bytes, width);
  const opcode = first & 0x0f;
  const isFinal = (first & finalBit) !== 0;
  const mask = bytes.subarray(2 + width, length);
  const isPlausible =
    (first & reservedBits) === 0 && isShortest(size, width) && isAllowed(opcode, isFinal, size);
  return { opcode, isFinal, isMasked, mask, lengthBytes: 1 + width, length, size, isPlausible };
}

const sizeAt = (bytes: Uint8Array, width: number) =>
  width === 2 ? numberAt(bytes, 2, 2) : numberAt(bytes, 2, 4) * 2 ** 32 + numberAt(bytes, 6, 4);

function isShortest(size: number, width: number): boolean {
  if (!Number.isSafeInteger(size)) return false;
  return size > (width === 8 ? lastMiddle : width === 2 ? lastShort : -1);
}

function isAllowed(opcode: number, isFinal: boolean, size: number): boolean {
  if (opcode >= firstControl) return opcode <= 10 && isFinal && size <= mostControlBytes;
  return opcode <= 2;
}

/** A copy without its mask; without a mask, the bytes themselves. */
export function unmasked(bytes: Uint8Array, mask: Uint8Array): Uint8Array {
  return mask.length === 0 ? bytes : bytes.map((byte, index) => byte ^ (mask[index % mask.length] ?? 0));
}
