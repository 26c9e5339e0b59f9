/** The same facts as the picture, as rows of a table: for screen readers, and for tests. */
import type { Journal } from '../../store/journal/journal.svelte.ts';
import type { Row } from '../../store/rows/rows.ts';
import { cellsOf } from '../log/row.ts';
import { timeText } from '../log/time.ts';
import type { TimeBase } from '../log/time.ts';
import type { OtherSide } from './joins.ts';
import { busyRows, tableRows } from './limits.ts';
import { lifeOf } from './conversations.ts';
import type { Shown } from './picture.ts';
import { cutWords, dataWords, otherWords, whatWords } from './words.ts';

export interface TableRow {
  readonly index: number;
  readonly position: number;
  readonly number: string;
  readonly time: string;
  readonly socket: string;
  readonly what: string;
  readonly other: string;
}

const quoted = 80;

function tableRow(
  { row, index, position }: { readonly row: Row; readonly index: number; readonly position: number },
  side: OtherSide | null,
  time: TimeBase,
  rowAt: (position: number) => Row | undefined,
): TableRow {
  const at = { index, position };
  if (row.kind !== 'event') {
    const cells = cellsOf(row, { above: undefined, time, peerOf: () => null, offers: false });
    const what = cells.kind === 'gap' ? `${cells.text}: ${cells.why}` : 'The agent was restarted.';
    return { ...at, number: '', time: '', socket: '', what, other: '' };
  }
  const { event } = row;
  const data = dataWords(row, quoted);
  return {
    ...at,
    number: String(event.seq),
    time: timeText(event.time, null, time),
    socket: event.socket === null ? '' : `#${event.socket}`,
    what: data === '' ? whatWords(row) : `${whatWords(row)}: ${data}`,
    other: otherWords(row, side, rowAt),
  };
}

/** What the row at a position and its other end say under the pointer. */
export interface Hint {
  readonly seq: number;
  readonly socket: number | null;
  readonly what: string;
  readonly cut: string;
}

export function hintOf(
  position: number | undefined,
  source: Pick<Source, 'otherSide'>,
  rowAt: (position: number) => Row | undefined,
): Hint | null {
  const row = position === undefined ? undefined : rowAt(position);
  if (position === undefined || row?.kind !== 'event') return null;
  const { seq, socket } = row.event;
  return { seq, socket, what: whatWords(row), cut: cutWords(row, source.otherSide(position), rowAt) };
}

/** What the table needs of the ladder. */
interface Source {
  rowAt(index: number): Row | undefined;
  positionAt(index: number): number | undefined;
  indexOf(position: number): number;
  otherSide(position: number): OtherSide | null;
}

/** Sockets and conversations that something happened to in these rows. */
export function busyIn(source: Pick<Source, 'rowAt'>, { first, end }: Shown): ReadonlySet<number> {
  const sockets = new Set<number>();
  const step = Math.max(1, Math.ceil((end - first) / busyRows));
  for (let index = first; index < end; index += step) {
    const row = source.rowAt(index);
    const socket = row?.kind === 'event' ? lifeOf(row.event) : null;
    if (socket !== null) sockets.add(socket);
  }
  return sockets;
}

/** The rows in view, those around the selected one when there are too many. */
export function tableOf(
  source: Source,
  { first, end }: Shown,
  selected: number | null,
  { time, store }: { readonly time: TimeBase; readonly store: { readonly journal: Pick<Journal, 'rowAt'> } },
): TableRow[] {
  const at = selected === null ? -1 : source.indexOf(selected);
  const from = at >= first && at < end ? Math.max(first, at - tableRows / 2) : first;
  const count = Math.max(0, Math.min(end - from, tableRows));
  return Array.from({ length: count }, (_, step) => from + step).flatMap((index) => {
    const [row, position] = [source.rowAt(index), source.positionAt(index)];
    if (row === undefined || position === undefined) return [];
    const side = source.otherSide(position);
    return [tableRow({ row, index, position }, side, time, (other) => store.journal.rowAt(other))];
  });
}
