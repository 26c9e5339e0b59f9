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

const openers: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closers: ReadonlySet<number> = new Set([0x7d, 0x5d]);

/** The object or array at the front, up to the bracket that closes it. Null when a string in it is none. */
export function nestedLength(bytes: Uint8Array): Token | null {
  let open = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      const string = stringLength(bytes.subarray(at));
      if (string === null) return null;
      at += string.length - 1;
    } else if (openers.has(byte)) open += 1;
    else if (closers.has(byte)) open -= 1;
    if (open === 0) return { length: at + 1, isWhole: true };
  }
  return { length: bytes.length, isWhole: false };
}
