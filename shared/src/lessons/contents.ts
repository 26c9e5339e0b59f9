/** Whether bytes are what a check asks for. TCP is judged by the stream, however it was cut; UDP by the datagram. */
import type { SocketEvent } from '../events/event.ts';
import { concat } from '../payload/concat.ts';
import { indexOfBytes } from '../payload/find.ts';
import { parseHex } from '../payload/hex.ts';
import { decodeUtf8, encodeUtf8 } from '../payload/utf8.ts';
import type { Contents } from './checks.ts';
import { lessonLimits } from './limits.ts';
import { isMatch, isWanted } from './match.ts';
import type { DataOf } from './match.ts';
import { expand } from './names.ts';
import type { Names } from './names.ts';

/** The data of transfers, joined; null while some of it is not known. Beyond the cap nothing is looked at. */
export function joined(transfers: readonly SocketEvent[], data: DataOf): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const event of transfers) {
    const piece = data(event);
    if (piece === null) return null;
    pieces.push(piece);
    length += piece.length;
    if (length >= lessonLimits.streamBytes) break;
  }
  return concat(pieces);
}

/** Bytes that the kernel moved, whether they are known here or not. */
export const sizeOf = (transfers: readonly SocketEvent[]): number =>
  transfers.reduce((sum, event) => sum + ('size' in event ? event.size : 0), 0);

const looksInside = ({ line, text, contains, starts, matches, hex }: Contents) =>
  (line ?? text ?? contains ?? starts ?? matches ?? hex) !== undefined;

/** Whether these transfers hold what is asked for. Their bytes are only read when it takes them. */
export function hasContents(
  transfers: readonly SocketEvent[],
  contents: Contents,
  names: Names,
  data: DataOf,
): boolean {
  if (transfers.length === 0 || sizeOf(transfers) < (contents.size ?? 0)) return false;
  if (!looksInside(contents)) return true;
  const bytes = joined(transfers, data);
  return bytes !== null && isInside(bytes, contents, names);
}

/**
 * The same, because of the last of these transfers. Every line is judged when it is complete; what is not asked of lines,
 * when it is there for the first time.
 */
export function hasNewContents(
  transfers: readonly SocketEvent[],
  contents: Contents,
  names: Names,
  data: DataOf,
): boolean {
  const before = transfers.slice(0, -1);
  if (contents.line === undefined)
    return hasContents(transfers, contents, names, data) && !hasContents(before, contents, names, data);
  if (sizeOf(transfers) < (contents.size ?? 0)) return false;
  const [bytes, known] = [joined(transfers, data), joined(before, data)];
  return bytes !== null && isInside(bytes, contents, names, known === null ? 0 : linesOf(known).length);
}

/** `lines`: so many of the first lines were judged before. */
function isInside(bytes: Uint8Array, contents: Contents, names: Names, lines = 0): boolean {
  const { line, text, contains, starts, matches, hex } = contents;
  const has = (part: string) => indexOfBytes(bytes, encodeUtf8(expand(part, names))) >= 0;
  const tests = [
    () => text === undefined || isWanted(decodeUtf8(bytes), text, names),
    () =>
      line === undefined ||
      linesOf(bytes)
        .slice(lines)
        .some((each) => isWanted(each, line, names)),
    () => contains === undefined || has(contains),
    () => starts === undefined || decodeUtf8(bytes).startsWith(expand(starts, names)),
    () => matches === undefined || isMatch(decodeUtf8(bytes), expand(matches, names)),
    () => hex === undefined || hasHex(bytes, hex),
  ];
  return tests.every((test) => test());
}

/** Complete lines, without their ends: LF, or CR LF. */
export function linesOf(bytes: Uint8Array): string[] {
  return decodeUtf8(bytes)
    .split('\n')
    .slice(0, -1)
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

function hasHex(bytes: Uint8Array, hex: string): boolean {
  const read = parseHex(hex);
  return read.ok && indexOfBytes(bytes, read.bytes) >= 0;
}
