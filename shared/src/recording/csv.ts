/**
 * Events as CSV (RFC 4180) for spreadsheets. A cell that a spreadsheet would take for a formula begins with an apostrophe,
 * and control bytes are written as escapes: nothing that was received can act there.
 */
import { formatAddress } from '../events/address.ts';
import { carriesBytes } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { formatEscapes } from '../payload/escapes.ts';
import type { Gap } from '../wire/messages.ts';

const columns = ['seq', 'time_ns', 'socket', 'type', 'size', 'remote', 'data', 'details'] as const;

const formulaStart = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]/;

function cell(value: string): string {
  const inert = formulaStart.test(value) ? `'${value}` : value;
  return needsQuotes.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const line = (values: readonly (string | number)[]) =>
  `${values.map((value) => (typeof value === 'number' ? String(value) : cell(value))).join(',')}\r\n`;

export const csvHead = line(columns);

export function csvEvent(event: SocketEvent): string {
  const { seq, time, socket, type } = event;
  const start = [seq, time, socket ?? '', type];
  if (!carriesBytes(event)) return line([...start, '', '', '', details(event)]);
  const { size, data } = event;
  if (event.type === 'segment') return line([...start, size, '', formatEscapes(data), details(event)]);
  const remote = event.remote ? formatAddress(event.remote) : '';
  return line([...start, size, remote, formatEscapes(data), '']);
}

const inOtherColumns: ReadonlySet<string> = new Set(['seq', 'time', 'socket', 'type', 'size', 'data']);

function details(event: SocketEvent): string {
  const rest = Object.entries(event).filter(([name]) => !inOtherColumns.has(name));
  return rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest));
}

/** Events that are missing, in a row of their own. */
export function csvGap({ from, to, reason }: Gap): string {
  return line([from, '', '', 'gap', '', '', '', JSON.stringify({ from, to, reason })]);
}
