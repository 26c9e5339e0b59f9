/** Bytes as a Python expression that a person can read: one line where that is possible. */
import { plural } from '../../plural.ts';
import { codeLimits } from '../../limits.ts';
import { formatPythonBytes } from '../../payload/copy-as.ts';
import { formatHex } from '../../payload/hex.ts';
import { decodeUtf8Strictly } from '../../payload/utf8.ts';
import { hasUnsafe } from '../../payload/visible.ts';
import type { Data } from '../plan.ts';
import { byteText, comment, quoted } from './text.ts';

export interface Expression {
  /** Of more than one line, the lines stand between brackets of their own. */
  readonly lines: readonly string[];
  /** What has to be said of it. */
  readonly remark: string | null;
}

const isWhole = ({ size, bytes }: Data): boolean => bytes.length === size;
const whole = (...lines: readonly string[]): Expression => ({ lines, remark: null });

/** The same bytes, or as many with the first of them, and then it says so. */
export function expressionOf(data: Data): Expression {
  const { bytes } = data;
  if (data.size === 0) return { lines: ['b""'], remark: null };
  if (!isWhole(data)) return standIn(data);
  const repeated = repetition(bytes);
  if (repeated !== null) return whole(repeated);
  if (bytes.length > codeLimits.literalBytes) return standIn(data);
  const text = textOf(bytes);
  if (text !== null)
    return whole(...inLines(text.split(/(?<=\n)/).flatMap(charactersIn), quoted, '.encode()'));
  return isMostlyText(bytes) ? whole(...inLines(piecesOf(bytes), literal, '')) : whole(...hexLines(bytes));
}

const literal = (bytes: Uint8Array): string => `b"${byteText(bytes)}"`;

const shownOfLong = 32;

function standIn({ size, bytes }: Data): Expression {
  const shown = bytes.subarray(0, shownOfLong);
  const rest = size - shown.length;
  const remark = `the first ${shown.length} of ${plural(size, 'byte')}: zeros stand for the others`;
  return { lines: [`${literal(shown)} + bytes(${rest})`], remark: comment(remark) };
}

const longestUnit = 64;
/** What is shorter is read faster as it is. */
const shortestRepetition = 33;

/** `b"abc" * 100 + b"a"`; null when it does not repeat itself. */
function repetition(bytes: Uint8Array): string | null {
  if (bytes.length < shortestRepetition) return null;
  const unit = unitOf(bytes);
  if (unit === null) return null;
  const rest = bytes.subarray(bytes.length - (bytes.length % unit));
  const times = `${literal(bytes.subarray(0, unit))} * ${Math.floor(bytes.length / unit)}`;
  return rest.length === 0 ? times : `${times} + ${literal(rest)}`;
}

/** The shortest unit that the bytes repeat, at least twice. */
function unitOf(bytes: Uint8Array): number | null {
  for (let unit = 1; unit <= longestUnit && 2 * unit <= bytes.length; unit += 1)
    if (bytes.every((byte, at) => at < unit || byte === bytes[at - unit])) return unit;
  return null;
}

/** Text with characters beyond ASCII, which is better read as such; null for anything else. */
function textOf(bytes: Uint8Array): string | null {
  if (!bytes.some((byte) => byte > 0x7f)) return null;
  const text = decodeUtf8Strictly(bytes);
  return text === null || hasUnsafe(text.replaceAll(/[\r\n\t]/g, '')) ? null : text;
}

const lineLength = 56;

/** Pieces of a line's length, cut between characters. */
function charactersIn(text: string): string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += lineLength)
    pieces.push(characters.slice(at, at + lineLength).join(''));
  return pieces;
}

const lineFeed = 0x0a;

/** The bytes cut behind each line feed, and where a line would be too long. */
function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(lineFeed, at);
    const next = Math.min(end < 0 ? bytes.length : end + 1, at + lineLength);
    pieces.push(bytes.subarray(at, next));
    at = next;
  }
  return pieces;
}

/** One line of source per piece; a single short piece needs no brackets. */
function inLines<Piece>(pieces: readonly Piece[], write: (piece: Piece) => string, suffix: string): string[] {
  const lines = pieces.map((piece) => write(piece));
  if (lines.length <= 1) return lines.map((line) => `${line}${suffix}`);
  return suffix === '' ? lines : ['(', ...lines.map((line) => `    ${line}`), `)${suffix}`];
}

const hexPerLine = 16;

function hexLines(bytes: Uint8Array): string[] {
  if (bytes.length <= hexPerLine) return [`bytes.fromhex("${formatHex(bytes)}")`];
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += hexPerLine)
    lines.push(`    "${formatHex(bytes.subarray(at, at + hexPerLine))} "`);
  return ['bytes.fromhex(', ...lines, ')'];
}

const mostlyText = 0.75;

/** Whether most of it is letters: then escapes are read more easily than hex. */
function isMostlyText(bytes: Uint8Array): boolean {
  const letters = bytes.filter(
    (byte) => (byte >= 0x20 && byte <= 0x7e) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  );
  return letters.length >= mostlyText * bytes.length;
}

/** What `print` shows of the bytes, where that is short. */
export function quoteOf(data: Data): string | null {
  return isWhole(data) && data.size <= codeLimits.quotedBytes ? formatPythonBytes(data.bytes) : null;
}
