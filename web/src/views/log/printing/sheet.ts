/** The log on paper: which of its rows are printed, and what is said of the others. */
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import { formatEscapes } from '@socket-playground/shared/payload/escapes.ts';
import type { Row } from '../../../store/rows/rows.ts';
import { columnIds } from '../../../store/kept/settings.svelte.ts';
import type { ColumnId } from '../../../store/kept/settings.svelte.ts';
import type { Desk } from '../../traffic/desk.svelte.ts';
import { formatNumber, plural } from '../../words.ts';
import { contextIn } from '../context.ts';
import { cellsOf } from '../row.ts';
import type { EventCells } from '../row.ts';
import { cellText } from '../row-text.ts';

/** More are no reading matter: about sixty pages. */
export const printedRowsMost = 2_000;
/** Of one message. */
export const printedBytesMost = 256;

export interface Sheet {
  /** What is on it and what is not, a sentence each. */
  readonly says: readonly string[];
  readonly columns: readonly ColumnId[];
  readonly rows: readonly PrintedRow[];
}

export interface PrintedRow {
  /** One text a column, or a single one that goes across them. */
  readonly texts: readonly string[];
  readonly className: string;
}

/** What is shown now: the newest rows while they are followed, else those from the first in view on. */
export function sheetOf(desk: Desk): Sheet {
  const { length, follow, slots } = desk.log;
  const first = slots.find((slot) => slot !== null)?.index ?? 0;
  const from = Math.max(0, Math.min(follow ? length : first, length - printedRowsMost));
  const to = Math.min(length, from + printedRowsMost);
  const columns = columnIds.filter((column) => !desk.store.settings.hiddenColumns.includes(column));
  const rows = Array.from({ length: to - from }, (_, place) => desk.log.at(from + place));
  return {
    says: [...countWords(from, to, length), ...hiddenWords(desk), ...cutWords(rows), ...beginning(desk)],
    columns,
    rows: rows.flatMap((row, place) =>
      row === undefined ? [] : [printed(desk, row, rows[place - 1] ?? desk.log.at(from - 1), columns)],
    ),
  };
}

function beginning({ store: { journal } }: Desk): readonly string[] {
  return journal.started === null ? [] : [`The run began at ${journal.started}.`];
}

function countWords(from: number, to: number, length: number): readonly string[] {
  if (to - from === length) return [`${plural(length, 'row')}.`];
  const left = [
    from === 0 ? '' : `${formatNumber(from)} before`,
    to === length ? '' : `${formatNumber(length - to)} behind`,
  ].filter((words) => words !== '');
  return [
    `${plural(to - from, 'row')} of ${formatNumber(length)}: left out are ${left.join(' and ')}.`,
    'Save has all of them in a file; a filter or the place in the log prints others.',
  ];
}

function hiddenWords({ filter, hides, log, total, caution }: Desk): readonly string[] {
  const isFiltered = filter.terms.length > 0;
  return [
    isFiltered
      ? `Filter: ${filter.text}. It shows ${formatNumber(log.length)} of ${plural(total, 'row')}.`
      : null,
    hides ? 'Rows before Clear are left out.' : null,
    log.searched === null ? null : 'The filter has not looked at all rows yet.',
    isFiltered ? caution : null,
  ].filter((words) => words !== null);
}

function cutWords(rows: readonly (Row | undefined)[]): readonly string[] {
  const most = formatNumber(printedBytesMost);
  return rows.some((row) => row !== undefined && isCut(row))
    ? [`Of a message no more than its first ${most} bytes are printed: an ellipsis stands for the rest.`]
    : [];
}

function isCut(row: Row): boolean {
  if (row.kind !== 'event' || !carriesBytes(row.event)) return false;
  const { data, size } = row.event;
  return data.length > 0 && size > Math.min(data.length, printedBytesMost);
}

function printed(desk: Desk, row: Row, above: Row | undefined, columns: readonly ColumnId[]): PrintedRow {
  const cells = cellsOf(row, { ...contextIn(desk, row, above), offers: false });
  if (cells.kind !== 'event') return { texts: [cellText(cells, 'info')], className: 'is-across' };
  return { texts: columns.map((column) => textOf(row, cells, column)), className: classOf(cells) };
}

function textOf(row: Row, cells: EventCells, column: ColumnId): string {
  if (column === 'direction') return cells.mark.is === 'state' ? '' : arrows[cells.mark.direction];
  return column === 'info' ? infoText(row, cells) : cellText(cells, column);
}

/** What a row has no room for there is room for here: more of a message, and what a failure means. */
function infoText(row: Row, cells: EventCells): string {
  const { failure, info } = cells;
  const text = cellText(cells, 'info');
  if (failure !== null) return `${text}. ${failure.message} ${failure.hint}`;
  if (row.kind !== 'event' || !carriesBytes(row.event) || info.is !== 'data' || info.empty) return text;
  const data = row.event.data.subarray(0, printedBytesMost);
  return data.length === 0 ? text : `${info.verb} ${formatEscapes(data)}${isCut(row) ? '…' : ''}`;
}

const arrows = { 'to-server': '→', 'to-client': '←' };

function classOf(cells: EventCells): string {
  if (cells.failure !== null) return 'trouble';
  return cells.mark.is === 'arrow' ? cells.mark.direction : '';
}
