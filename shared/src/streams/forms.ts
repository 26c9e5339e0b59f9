/**
 * Bytes of a stream as text, however reads cut them.
 *
 * A character of UTF-8 that a cut goes through is shown with the piece in which it ends, as a streaming decoder does
 * (WHATWG Encoding §4.1), so that the texts of all pieces, put together, are the text of the whole.
 */
import { formatPythonBytes } from '../payload/copy-as.ts';
import type { Run } from '../payload/escapes.ts';
import { formatHex, hexOf } from '../payload/hex.ts';
import { decodeUtf8, isUtf8Piece, utf8LengthAt } from '../payload/utf8.ts';
import { escapeCharacter, hasUnsafe, isJoined, mostJoined } from '../payload/visible.ts';
import type { ByteRange } from './join.ts';

/** How the bytes of a stream can be read. */
export type StreamForm = 'utf8' | 'latin1' | 'hex' | 'escaped' | 'python';

const longestCut = 3;

/** The last place up to `at` where no character is cut; `least` is where the bytes that are here begin. */
export function characterStart(bytes: Uint8Array, at: number, least = 0): number {
  for (let back = 1; back <= longestCut && at - back >= least; back += 1) {
    const byte = bytes[at - back] ?? 0;
    if (byte < 0x80) return at;
    if (byte >= 0xc0) return isCut(bytes.subarray(at - back, at)) ? at - back : at;
  }
  return at;
}

/** Whether the lead byte begins a character that ends behind these bytes. */
const isCut = (bytes: Uint8Array): boolean => utf8LengthAt(bytes, 0) === 0 && isUtf8Piece(bytes);

/** ISO 8859-1: each byte is the character of its number. */
const decodeLatin1 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x00, String.raw`\0`],
  [0x09, String.raw`\t`],
  [0x0a, String.raw`\n`],
  [0x0d, String.raw`\r`],
  [0x5c, '\\\\'],
]);

/** One byte in ASCII, as the composer takes it back. */
export function escapedByte(byte: number): string {
  const short = shortEscapes.get(byte);
  if (short !== undefined) return short;
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : String.raw`\x${hexOf(byte)}`;
}

const formatEscaped = (bytes: Uint8Array): string => Array.from(bytes, escapedByte).join('');

/** The bytes as text that can be copied: nothing is made visible in it. */
export const copyOf = {
  utf8: decodeUtf8,
  latin1: decodeLatin1,
  hex: (bytes: Uint8Array) => formatHex(bytes),
  escaped: formatEscaped,
  python: formatPythonBytes,
} as const satisfies Record<StreamForm, (bytes: Uint8Array) => string>;

/** Text as it is shown (`visible`): what could act on the page is written out, in runs of its own. */
function visibleRuns(text: string): Run[] {
  const runs: { text: string; escaped: boolean }[] = [];
  let joined = 0;
  for (const character of text) {
    joined = isJoined(character) ? joined + 1 : 0;
    const escaped = joined > mostJoined || hasUnsafe(character);
    const shown = escaped ? escapeCharacter(character) : character;
    const last = runs.at(-1);
    if (last?.escaped === escaped) last.text += shown;
    else runs.push({ text: shown, escaped });
  }
  return runs;
}

/** Text of bytes in which some are no UTF-8: those are written out, as the composer takes them. */
function textRuns(bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let place = 0; place < bytes.length;) {
    const length = utf8LengthAt(bytes, place);
    if (length === 0) {
      runs.push(...visibleRuns(decodeUtf8(bytes.subarray(from, place))));
      runs.push({ text: String.raw`\x${hexOf(bytes[place] ?? 0)}`, escaped: true });
      from = place + 1;
    }
    place += Math.max(1, length);
  }
  return [...runs, ...visibleRuns(decodeUtf8(bytes.subarray(from)))];
}

function byteRuns(bytes: Uint8Array, write: (byte: number) => string): Run[] {
  const runs: { text: string; escaped: boolean }[] = [];
  for (const byte of bytes) {
    const text = write(byte);
    const escaped = text.length > 1;
    const last = runs.at(-1);
    if (last?.escaped === escaped) last.text += text;
    else runs.push({ text, escaped });
  }
  return runs;
}

/** Between quotes, so that pieces stand beside each other. Python reads digits behind `\0` as octal, so it gets no such escape. */
function pythonByte(byte: number): string {
  if (byte === 0x27) return String.raw`\'`;
  return byte === 0 ? String.raw`\x00` : escapedByte(byte);
}

const plain = (text: string): Run[] => (text === '' ? [] : [{ text, escaped: false }]);

/**
 * The bytes as they are shown; a bytes literal of Python without its quotes. They are whole characters, unless the
 * stream itself is cut there.
 */
export function shownRuns(form: StreamForm, bytes: Uint8Array): readonly Run[] {
  switch (form) {
    case 'utf8':
      return textRuns(bytes);
    case 'latin1':
      return visibleRuns(decodeLatin1(bytes));
    case 'hex':
      return plain(formatHex(bytes));
    case 'escaped':
      return byteRuns(bytes, escapedByte);
    case 'python':
      return byteRuns(bytes, pythonByte);
  }
}

/**
 * The whole characters that are shown with a part of the bytes: it may cut some. `within`: the bytes that are here and
 * belong together.
 */
export function wholeCharacters(bytes: Uint8Array, { from, to }: ByteRange, within: ByteRange): ByteRange {
  const end = to >= within.to ? to : characterStart(bytes, to, within.from);
  return { from: characterStart(bytes, from, within.from), to: end };
}
