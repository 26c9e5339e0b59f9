import { dumpLine, formatOffset } from '@socket-playground/shared/payload/hexdump.ts';
import { hexColumns } from './cursor.ts';
import type { Range } from './facts.ts';

/** Text in three parts; the middle one is selected. */
export type Split = readonly [before: string, selected: string, after: string];

export interface ShownLine {
  readonly offset: string;
  readonly hex: Split;
  /** Each part in runs: a byte that is not printable recedes. */
  readonly ascii: Split;
}

const split = (text: string, start: number, end: number): Split => [
  text.slice(0, start),
  text.slice(start, end),
  text.slice(end),
];

/** One line of the dump as it is drawn. What is not printable ASCII is a middle dot. */
export function shownLine(data: Uint8Array, line: number, perLine: number, range: Range | null): ShownLine {
  const offset = line * perLine;
  const { hex, ascii } = dumpLine(data, offset, perLine);
  const dotted = Array.from(ascii, (character, index) =>
    data[offset + index] === 0x2e ? '.' : dot(character),
  ).join('');
  const from = Math.max(0, (range?.start ?? 0) - offset);
  const to = Math.min(ascii.length, (range?.end ?? 0) - offset);
  const label = formatOffset(offset, data.length);
  if (range === null || from >= to) return { offset: label, hex: [hex, '', ''], ascii: [dotted, '', ''] };
  const columns = hexColumns(from, to - 1);
  return { offset: label, hex: split(hex, columns.start, columns.end), ascii: split(dotted, from, to) };
}

const dot = (character: string) => (character === '.' ? '·' : character);

/** Runs of dots and of text, so that dots recede. */
export function runsOf(text: string): { readonly text: string; readonly dots: boolean }[] {
  return (text.match(/·+|[^·]+/g) ?? []).map((run) => ({ text: run, dots: run.startsWith('·') }));
}
