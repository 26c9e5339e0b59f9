/**
 * What a person types in the composer ↔ bytes: text in UTF-8 with `\n \r \t \0 \xNN \\`.
 * `\xNN` is one byte, not one character; `\0` is the byte 0 whatever follows it.
 */
import { hexOf } from './hex.ts';
import { parsed, refused } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { decodeUtf8, encodeUtf8, isUtf8Piece, parseUtf8, utf8LengthAt } from './utf8.ts';
import { hasUnsafe, isJoined, mostJoined } from './visible.ts';

const named: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['0', 0x00],
  ['\\', 0x5c],
]);
const nameOf: ReadonlyMap<number, string> = new Map(Array.from(named, ([name, byte]) => [byte, `\\${name}`]));

const backslash = '\\';
const twoDigits = /[0-9a-f]{2}/iy;
const escapeLength = 2;
const byteEscapeLength = 4;

/** Bytes of typed text, or what is wrong with its first bad escape and where. */
export function parseEscapes(text: string): Parsed {
  const whole = parseUtf8(text);
  if (!whole.ok) return whole;
  const bytes = new Uint8Array(whole.bytes.length);
  let size = 0;
  let at = 0;
  while (at < text.length) {
    const plainEnd = text.indexOf(backslash, at);
    const plain = encodeUtf8(text.slice(at, plainEnd < 0 ? undefined : plainEnd));
    bytes.set(plain, size);
    size += plain.length;
    if (plainEnd < 0) break;
    const escape = readEscape(text, plainEnd);
    if ('ok' in escape) return escape;
    bytes[size] = escape.byte;
    size += 1;
    at = plainEnd + escape.length;
  }
  return parsed(bytes.slice(0, size));
}

function readEscape(text: string, at: number): { byte: number; length: number } | Parsed {
  const name = text.charAt(at + 1);
  const byte = named.get(name);
  if (byte !== undefined) return { byte, length: escapeLength };
  if (name === 'x') return readByteEscape(text, at);
  if (name === '')
    return refused(text, at, 1, String.raw`begins an escape that does not end; write \\ for one backslash`);
  const length = 1 + String.fromCodePoint(text.codePointAt(at + 1) ?? 0).length;
  return refused(text, at, length, String.raw`is no escape; there are \n \r \t \0 \xNN and \\`);
}

function readByteEscape(text: string, at: number): { byte: number; length: number } | Parsed {
  twoDigits.lastIndex = at + escapeLength;
  const [digits] = twoDigits.exec(text) ?? [];
  if (digits === undefined) {
    return refused(text, at, escapeLength, String.raw`needs two hex digits after it, as in \x0a`);
  }
  return { byte: Number.parseInt(digits, 16), length: byteEscapeLength };
}

/** A stretch of text, or one escape, so that a view can tell them apart. */
export interface Run {
  readonly text: string;
  readonly escaped: boolean;
}

/** By byte: a flood asks for a hundred thousand of them a second. */
const escapes: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => nameOf.get(byte) ?? String.raw`\x${hexOf(byte)}`,
);
const escapeByte = (byte: number): string => escapes[byte] ?? '';

const isPlainAscii = (byte: number) => byte >= 0x20 && byte <= 0x7e && byte !== 0x5c;

/** The escapes of the character at `at`, or null when it can be shown as it is. */
function escapesAt(bytes: Uint8Array, at: number, length: number, isPlain: boolean): string | null {
  const first = bytes[at] ?? 0;
  if (isPlain || isPlainAscii(first)) return null;
  return length <= 1 ? escapeByte(first) : Array.from(bytes.subarray(at, at + length), escapeByte).join('');
}

/**
 * Bytes as the composer would take them back, in runs. What is not UTF-8, and every character that could act on what
 * shows it (`visible`), is written as escapes of its bytes. Bytes that are not a piece of UTF-8 text are no text
 * beyond ASCII: the `de ad` of `de ad be ef` would be a letter of Thaana by chance.
 *
 * Whoever shows less stops after enough of it.
 */
export function* escapedRuns(bytes: Uint8Array): Generator<Run, undefined> {
  const isText = isUtf8Piece(bytes);
  let joined = 0;
  let plainStart = 0;
  for (let at = 0; at < bytes.length;) {
    const length = utf8LengthAt(bytes, at);
    const character = isText && length > 1 ? decodeUtf8(bytes.subarray(at, at + length)) : '';
    joined = character !== '' && isJoined(character) ? joined + 1 : 0;
    const isPlain = character !== '' && joined <= mostJoined && !hasUnsafe(character);
    const escape = escapesAt(bytes, at, length, isPlain);
    const next = at + Math.max(length, 1);
    if (escape !== null) {
      if (at > plainStart) yield { text: decodeUtf8(bytes.subarray(plainStart, at)), escaped: false };
      yield { text: escape, escaped: true };
      plainStart = next;
    }
    at = next;
  }
  if (bytes.length > plainStart) yield { text: decodeUtf8(bytes.subarray(plainStart)), escaped: false };
}

/** The text whose `parseEscapes` is these bytes again. */
export function formatEscapes(bytes: Uint8Array): string {
  return Array.from(escapedRuns(bytes), (run) => run.text).join('');
}
