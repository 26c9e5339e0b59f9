import { parsed, refused } from './parsed.ts';
import type { Parsed } from './parsed.ts';

const encoder = new TextEncoder();
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** UTF-8 (RFC 3629). A lone surrogate becomes U+FFFD: refuse such text before, with `parseUtf8`. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The UTF-8 bytes of text; text that UTF-8 cannot carry (half a surrogate pair) is refused. */
export function parseUtf8(text: string): Parsed {
  const at = text.search(/\p{Surrogate}/u);
  return at < 0 ? parsed(encodeUtf8(text)) : refused(text, at, 1, 'is half a character (a lone surrogate)');
}

/** Text of bytes; what is not UTF-8 becomes U+FFFD. A byte order mark is kept: it is a byte like any other. */
export function decodeUtf8(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** Text of bytes, or null when they are not UTF-8. */
export function decodeUtf8Strictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

const isTail = (byte: number | undefined, low = 0x80, high = 0xbf) =>
  byte !== undefined && byte >= low && byte <= high;

/** Lead bytes of the table of RFC 3629 §4, with the range of the second byte and the length of the sequence. */
const leads = [
  { from: 0xc2, to: 0xdf, low: 0x80, high: 0xbf, length: 2 },
  { from: 0xe0, to: 0xe0, low: 0xa0, high: 0xbf, length: 3 },
  { from: 0xe1, to: 0xec, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xed, to: 0xed, low: 0x80, high: 0x9f, length: 3 },
  { from: 0xee, to: 0xef, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xf0, to: 0xf0, low: 0x90, high: 0xbf, length: 4 },
  { from: 0xf1, to: 0xf3, low: 0x80, high: 0xbf, length: 4 },
  { from: 0xf4, to: 0xf4, low: 0x80, high: 0x8f, length: 4 },
] as const;

/** How many bytes the character at `at` takes, 0 when no whole UTF-8 character begins there (RFC 3629 §4). */
export function utf8LengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead === undefined) return 0;
  if (lead < 0x80) return 1;
  const row = leads.find(({ from, to }) => lead >= from && lead <= to);
  if (row === undefined || !isTail(bytes[at + 1], row.low, row.high)) return 0;
  for (let offset = 2; offset < row.length; offset += 1) if (!isTail(bytes[at + offset])) return 0;
  return row.length;
}

const longestCharacter = 4;

/** Whether the bytes can be a piece cut out of UTF-8 text: whole characters, but for one cut at either end. */
export function isUtf8Piece(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < longestCharacter - 1 && isTail(bytes[at])) at += 1;
  while (at < bytes.length) {
    const length = utf8LengthAt(bytes, at);
    if (length === 0) return isCutCharacter(bytes.subarray(at));
    at += length;
  }
  return true;
}

/** Whether a character of UTF-8 begins with these bytes and ends after them. */
function isCutCharacter(bytes: Uint8Array): boolean {
  const [lead = 0] = bytes;
  const row = leads.find(({ from, to }) => lead >= from && lead <= to);
  if (row === undefined || bytes.length >= row.length) return false;
  return (
    bytes.length === 1 ||
    (isTail(bytes[1], row.low, row.high) && bytes.subarray(2).every((byte) => isTail(byte)))
  );
}
