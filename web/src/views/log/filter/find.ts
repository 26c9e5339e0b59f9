/**
 * Finds a row of bytes in many more. Wherever a pattern of n bytes stands, one of every n - 1 pairs of neighbouring
 * bytes is a pair of the pattern: only those are looked at, and what is around them when they are.
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
  const { length } = wanted;
  const indexIn = length < 2 ? oneByte(wanted[0], fold) : manyBytes(wanted, fold);
  return { length, indexIn };
}

function oneByte(wanted: number | undefined, fold: Uint8Array): Pattern['indexIn'] {
  return (bytes, from, to) => {
    if (wanted === undefined) return from;
    let at = from;
    while (at < to && fold[bytes[at] ?? 0] !== wanted) at += 1;
    return at < to ? at : -1;
  };
}

function manyBytes(wanted: Uint8Array, fold: Uint8Array): Pattern['indexIn'] {
  const { length } = wanted;
  const pairs = pairsOf(wanted, fold);
  const standsAt = (bytes: Uint8Array, start: number) => {
    for (let index = 0; index < length; index += 1) {
      if (fold[bytes[start + index] ?? 0] !== wanted[index]) return false;
    }
    return true;
  };
  /** The first place where the pattern stands with a pair of its own at `at - 1` and `at`. */
  const around = (bytes: Uint8Array, at: number, from: number, to: number) => {
    const last = Math.min(at - 1, to - length);
    for (let start = Math.max(from, at - length + 1); start <= last; start += 1) {
      if (standsAt(bytes, start)) return start;
    }
    return -1;
  };
  return (bytes, from, to) => {
    for (let at = from + 1; at < to; at += length - 1) {
      if (pairs[((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0)] === 0) continue;
      const start = around(bytes, at, from, to);
      if (start >= 0) return start;
    }
    return -1;
  };
}

/** One entry for each pair of bytes: 1 where the pattern has it. */
function pairsOf(wanted: Uint8Array, fold: Uint8Array): Uint8Array {
  const pairs = new Uint8Array(values * values);
  const casesOf = (byte = 0) => (fold[byte - upperToLower] === byte ? [byte, byte - upperToLower] : [byte]);
  for (let index = 1; index < wanted.length; index += 1) {
    for (const first of casesOf(wanted[index - 1])) {
      for (const second of casesOf(wanted[index])) pairs[(first << 8) | second] = 1;
    }
  }
  return pairs;
}
