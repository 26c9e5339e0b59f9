/**
 * Events as CSV (RFC 4180) for spreadsheets. What a spreadsheet would take for a formula gets an apostrophe before it, and
 * control bytes are written as escapes: nothing that was received can act there.
 */
import { formatAddress } from '../events/address.ts';
import type { Address } from '../events/address.ts';
import { carriesBytes } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import type { SocketState } from '../events/state.ts';
import { formatEscapes } from '../payload/escapes.ts';
import type { Gap } from '../wire/messages.ts';

const columns = ['seq', 'time_ns', 'socket', 'type', 'size', 'remote', 'data', 'details'] as const;

/**
 * Where a cell begins, and where one would for a spreadsheet that reads others between semicolons or bars, as many do where
 * the comma is for decimals. It passes over blanks and quotes, and takes wide signs for the same ones.
 */
const formulaStart = /(?<=^|[;|])(?=["'\s]*[=+\-@＝＋－＠])/g;
const needsQuotes = /[",\r\n]/;

function cell(value: string): string {
  const inert = value.replaceAll(formulaStart, "'");
  return needsQuotes.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const line = (values: readonly (string | number)[]) =>
  `${values.map((value) => (typeof value === 'number' ? String(value) : cell(value))).join(',')}\r\n`;

/** The lines of one session, in order: a connection's rows say whom it is connected to, though only its first events do. */
export class CsvLines {
  readonly head = line(columns);
  /** Of the sockets that are connected, or about to be. */
  readonly #remotes = new Map<number, Address>();

  event(event: SocketEvent): string {
    const { seq, time, socket, type } = event;
    const start = [seq, time, socket ?? '', type];
    const remote = formatted(this.#remoteOf(event));
    if (!carriesBytes(event)) return line([...start, '', remote, '', details(event)]);
    const { size, data } = event;
    return line([...start, size, remote, formatEscapes(data), isSegment(event) ? details(event) : '']);
  }

  /** Events that are missing, in a row of their own; the sockets that are `standing` behind it, where that is known. */
  gap({ from, to, reason }: Gap, standing: readonly SocketState[] | null): string {
    this.#remotes.clear();
    for (const { socket, remote } of standing ?? []) if (remote !== null) this.#remotes.set(socket, remote);
    return line([from, '', '', 'gap', '', '', '', JSON.stringify({ from, to, reason })]);
  }

  #remoteOf(event: SocketEvent): Address | undefined {
    const { socket } = event;
    if (socket === null) return undefined;
    const own = 'remote' in event ? event.remote : undefined;
    const known = own ?? this.#remotes.get(socket);
    if (own !== undefined && !carriesBytes(event)) this.#remotes.set(socket, own);
    const isOver = event.type === 'closed' || (event.type === 'failed' && event.during === 'connect');
    if (isOver) this.#remotes.delete(socket);
    return known;
  }
}

const formatted = (address: Address | undefined) => (address === undefined ? '' : formatAddress(address));
const isSegment = ({ type }: SocketEvent) => type === 'segment';

const inOtherColumns: ReadonlySet<string> = new Set([
  'seq',
  'time',
  'socket',
  'type',
  'size',
  'remote',
  'data',
]);

function details(event: SocketEvent): string {
  const rest = Object.entries(event).filter(([name]) => !inOtherColumns.has(name));
  return rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest));
}
