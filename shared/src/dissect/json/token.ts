/** Strings, numbers and the three words (RFC 8259 §3, §6, §7). */
import { latin1 } from '../latin1.ts';

export interface Token {
  readonly length: number;
  /** False when the bytes end before the token does. */
  readonly isWhole: boolean;
}

const spaces: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const [quote, backslash, firstPrintable] = [0x22, 0x5c, 0x20];

export function spaceLength(bytes: Uint8Array): number {
  let length = 0;
  while (spaces.has(bytes[length])) length += 1;
  return length;
}

/** The token at the front; null when there is none. */
export function tokenLength(bytes: Uint8Array): Token | null {
  return bytes[0] === quote ? stringLength(bytes) : plainLength(bytes);
}

/** An escape takes two bytes; of `\uXXXX` the digits are like any other text. */
function stringLength(bytes: Uint8Array): Token | null {
  for (let at = 1; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return { length: at + 1, isWhole: true };
    if (byte < firstPrintable) return null;
    if (byte === backslash) at += 1;
  }
  return { length: bytes.length, isWhole: false };
}

const longestPlain = 64;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[\s,\]}]|$)/;
const word = /^(?:true|false|null)(?=[\s,\]}]|$)/;
const cutPlain =
  /^(?:t(?:r(?:u)?)?|f(?:a(?:l(?:s)?)?)?|n(?:u(?:l)?)?|-|-?(?:0|[1-9]\d*)(?:\.|[eE][+-]?|\.\d+[eE][+-]?))$/;

function plainLength(bytes: Uint8Array): Token | null {
  const text = latin1(bytes.subarray(0, longestPlain));
  const whole = number.exec(text) ?? word.exec(text);
  if (whole !== null) return { length: whole[0].length, isWhole: true };
  return cutPlain.test(text) ? { length: text.length, isWhole: false } : null;
}

/** What closes each bracket. */
export const closers: ReadonlyMap<number, number> = new Map([
  [0x7b, 0x7d],
  [0x5b, 0x5d],
]);
const closing: ReadonlySet<number> = new Set(closers.values());
const between: ReadonlySet<number | undefined> = new Set([...spaces, 0x2c, 0x3a]);

/**
 * The object or array at the front, up to the bracket that closes it. Null when a token in it is none, or a bracket is
 * closed by another; the order of tokens is not looked at.
 */
export function nestedLength(bytes: Uint8Array): Token | null {
  const awaited: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const closer = closers.get(byte);
    if (closer !== undefined) awaited.push(closer);
    else if (closing.has(byte)) {
      if (awaited.pop() !== byte) return null;
    } else if (!between.has(byte)) {
      const token = tokenLength(bytes.subarray(at));
      if (token === null) return null;
      at += token.length - 1;
    }
    if (awaited.length === 0) return { length: at + 1, isWhole: true };
  }
  return { length: bytes.length, isWhole: false };
}
