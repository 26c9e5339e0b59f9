/** Bytes as a dump: offset, hex in groups of 8, ASCII with a dot for what is not printable ASCII. */
import { formatHex } from './hex.ts';
import { isPrintable } from './printable.ts';

export interface DumpLine {
  /** Of the line's first byte. */
  readonly offset: number;
  /** `7b 22 64 65 76 69 63 65  22 3a`: two spaces between groups; not padded. */
  readonly hex: string;
  readonly ascii: string;
}

const bytesPerLine = 16;
const bytesPerGroup = 8;
const shortestOffset = 4;

/** The byte as ASCII, or `.` when it has no visible form there. */
export function asciiOf(byte: number): string {
  return isPrintable(byte) ? String.fromCharCode(byte) : '.';
}

/** The line whose first byte is at `offset`. */
export function dumpLine(bytes: Uint8Array, offset: number, perLine = bytesPerLine): DumpLine {
  const part = bytes.subarray(offset, offset + perLine);
  const groups: string[] = [];
  for (let at = 0; at < part.length; at += bytesPerGroup) {
    groups.push(formatHex(part.subarray(at, at + bytesPerGroup)));
  }
  return { offset, hex: groups.join('  '), ascii: Array.from(part, asciiOf).join('') };
}

/** Every line of the bytes; none for no bytes. */
export function dumpLines(bytes: Uint8Array, perLine = bytesPerLine): DumpLine[] {
  return Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) =>
    dumpLine(bytes, line * perLine, perLine),
  );
}

/** `0010`: at least 4 digits, and as many as the last offset of `size` bytes takes, so that a column lines up. */
export function formatOffset(offset: number, size: number): string {
  const longest = Math.max(size - 1, 0).toString(16).length;
  return offset.toString(16).padStart(Math.max(shortestOffset, longest), '0');
}

/** The whole dump as text: columns two spaces apart, lines ended by LF. */
export function formatDump(bytes: Uint8Array): string {
  const hexWidth = 3 * bytesPerLine;
  return dumpLines(bytes)
    .map(
      ({ offset, hex, ascii }) =>
        `${formatOffset(offset, bytes.length)}  ${hex.padEnd(hexWidth)}  ${ascii}\n`,
    )
    .join('');
}
