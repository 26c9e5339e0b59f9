/** Widths of the log's columns, so that nothing in them is cut and nothing moves while rows arrive. */
import { nsPerSecond } from '@socket-playground/shared/units.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';
import type { ColumnId } from '../../store/kept/settings.svelte.ts';
import type { TimeBase } from './time.ts';

/** What the columns are called, in their order. Hidden ones are kept in the settings by their ids. */
export const columnNames = {
  no: 'No.',
  time: 'Time',
  socket: 'Socket',
  direction: 'Direction',
  source: 'Source',
  destination: 'Destination',
  protocol: 'Protocol',
  length: 'Length',
  info: 'Info',
} as const satisfies Record<ColumnId, string>;

/** Not where the log is narrow: there is no room for them. */
const wide: ReadonlySet<ColumnId> = new Set(['source', 'destination', 'protocol']);

/** The grid's tracks for these columns; their widths are the layout's. On a phone, which is narrow, Length comes last. */
export function tracksOf(columns: readonly ColumnId[], form: 'wide' | 'narrow' | 'phone' = 'wide'): string {
  const order = form === 'wide' ? columns : columns.filter((column) => !wide.has(column));
  const last = (column: ColumnId) => form === 'phone' && column === 'length';
  return [...order.filter((column) => !last(column)), ...order.filter(last)]
    .map((column) => `var(--w-${column})`)
    .join(' ');
}

/** A log without No. and Info says nothing: one of them stays. */
export const mayHide = (column: ColumnId, hidden: readonly ColumnId[]): boolean =>
  !(column === 'no' && hidden.includes('info')) && !(column === 'info' && hidden.includes('no'));

const digits = (value: number) => String(Math.max(1, Math.floor(value))).length;
const characterPx = 7.25;
const smallCharacterPx = 6.65;
const paddingPx = 12;
const decimals = 7;
const clockCharacters = 15;

const px = (characters: number, width: number) => Math.ceil(characters * width) + paddingPx;

/** The least each column needs, px, as the newest row has the largest of each; a layout may give more. */
export function columnWidths(
  journal: Pick<Journal, 'lastSeq' | 'length' | 'at'>,
  { format, zeroNs }: Pick<TimeBase, 'format' | 'zeroNs'>,
): { no: number; time: number; id: number } {
  const last = journal.at(journal.length - 1);
  const { time = 0, socket = 0 } = last?.kind === 'event' ? last.event : {};
  // Times before a reference have a sign.
  const started = digits(time / nsPerSecond) + decimals + (zeroNs === undefined ? 0 : 1);
  return {
    no: px(digits(journal.lastSeq), smallCharacterPx),
    time: px(format === 'clock' ? clockCharacters : started, characterPx),
    // Beside the lanes.
    id: px(digits(socket ?? 0) + 1, characterPx),
  };
}
