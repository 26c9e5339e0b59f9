import { parsed, refused } from './parsed.ts';
import type { Parsed } from './parsed.ts';

const separators = /[\s,:;-]+/y;
const prefix = /0x/iy;
const pair = /[0-9a-f]{2}/iy;
const digit = /[0-9a-f]/iy;
/** Neither a digit nor a separator, nor the `x` of a prefix. */
const stranger = /[^0-9a-fx\s,:;-]/iy;

/** Where a sticky pattern's match at `at` ends, or `at` when it does not match there. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * Bytes of hex as people paste it: two digits a byte, in groups of any length that spaces, commas, colons,
 * semicolons, dashes or newlines separate. A group may begin with `0x`; elsewhere an `x` is refused, so that no digit
 * is ever taken for a prefix.
 */
export function parseHex(text: string): Parsed {
  const bytes = new Uint8Array(text.length >> 1);
  let size = 0;
  let at = 0;
  while (at < text.length) {
    const next = after(pair, text, at);
    if (next === at) {
      const start = after(separators, text, at);
      const group = start > at || at === 0 ? after(prefix, text, start) : start;
      if (group === at || (group > start && after(pair, text, group) === group))
        return refusedHex(text, group);
      at = group;
    } else {
      bytes[size] = Number.parseInt(text.slice(at, next), 16);
      size += 1;
      at = next;
    }
  }
  return parsed(bytes.slice(0, size));
}

/** A digit alone is half a byte; behind one, a letter that is none is the slip of the pen. */
function refusedHex(text: string, at: number): Parsed {
  const next = after(digit, text, at);
  if (next > at && after(stranger, text, next) > next) return refusedAt(text, next, 'is not a hex digit');
  if (next > at) return refusedAt(text, at, 'is half a byte: every byte takes two hex digits');
  return refusedAt(text, at, at < text.length ? 'is not a hex digit' : 'comes where two hex digits should');
}

/** The whole character that begins at `at`. */
const refusedAt = (text: string, at: number, says: string) =>
  refused(text, at, (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1, says);

const digitsOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `0a`: two lower case digits. */
export function hexOf(byte: number): string {
  return digitsOf[byte & 0xff] ?? '';
}

/** `48 65 6c`: lower case, one space between bytes unless another separator is given. */
export function formatHex(bytes: Uint8Array, separator = ' '): string {
  return Array.from(bytes, hexOf).join(separator);
}
