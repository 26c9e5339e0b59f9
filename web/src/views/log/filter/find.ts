/**
 * Finds a row of bytes in many more: Horspool's method, which looks at one byte in as many as the pattern is long.
 */
export interface Pattern {
  readonly length: number;
  /** Where the pattern first stands wholly within `from` … `to - 1` of the bytes, or -1. */
  indexIn(bytes: Uint8Array, from: number, to: number): number;
}

const values = 256;
const upperToLower = 0x20;
const isUpper = (byte: number) => byte >= 0x41 && byte <= 0x5a;

/** Each byte as itself, or with the capitals of ASCII as small letters. */
function folding(anyCase: boolean): Uint8Array {
  return Uint8Array.from({ length: values }, (_, byte) =>
    anyCase && isUpper(byte) ? byte + upperToLower : byte,
  );
}

/** `anyCase`: letters of ASCII are the same whichever case they have, in the pattern and in the bytes. */
export function patternOf(part: Uint8Array, anyCase: boolean): Pattern {
  const fold = folding(anyCase);
  const wanted = part.map((byte) => fold[byte] ?? byte);
  const last = wanted.length - 1;
  /** How far the pattern may move when this byte stands at its end; 0: it may be the pattern. */
  const moves = new Uint32Array(values).fill(wanted.length);
  wanted.subarray(0, -1).forEach((byte, index) => (moves[byte] = last - index));
  const onwards = moves[wanted[last] ?? 0] ?? 1;
  moves[wanted[last] ?? 0] = 0;
  const moveAt = Uint32Array.from(fold, (byte) => moves[byte] ?? 0);

  const standsBefore = (bytes: Uint8Array, end: number) => {
    for (let back = 1; back <= last; back += 1) {
      if (fold[bytes[end - back] ?? 0] !== wanted[last - back]) return false;
    }
    return true;
  };
  return {
    length: wanted.length,
    indexIn: (bytes, from, to) => {
      if (last < 0) return from;
      let end = from + last;
      while (end < to) {
        const move = moveAt[bytes[end] ?? 0] ?? 0;
        if (move !== 0) end += move;
        else if (standsBefore(bytes, end)) return end - last;
        else end += onwards;
      }
      return -1;
    },
  };
}
