/** What a row says, as text to be copied: of its model, since its elements may show another row by then. */
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { ColumnId } from '../../store/kept/settings.svelte.ts';
import type { Cells, EventCells } from './row.ts';
import { addressText, nothingText, socketText } from './texts.ts';

/** One cell. A row that is no event says the same in every column. */
export function cellText(cells: Cells, column: ColumnId): string {
  if (cells.kind === 'restart') return 'The agent was restarted.';
  return cells.kind === 'gap' ? `${cells.text}: ${cells.why}` : columnText(cells, column);
}

/** The whole row as one line, with tabs between its columns. */
export const rowText = (cells: Cells, columns: readonly ColumnId[]): string =>
  (cells.kind === 'event' ? columns : columns.slice(0, 1))
    .map((column) => cellText(cells, column))
    .join('\t');

function columnText(cells: EventCells, column: ColumnId): string {
  switch (column) {
    case 'no':
      return String(cells.seq);
    case 'time':
      return cells.time.same + cells.time.fresh;
    case 'socket':
      return socketText(cells.socket);
    case 'direction':
      return cells.mark.name;
    case 'source':
    case 'destination':
      return endText(cells[column]);
    case 'protocol':
    case 'length':
      return cells[column];
    case 'info':
      return infoText(cells);
    default:
      return unreachable(column);
  }
}

function endText(address: Address | null): string {
  const { host, port } = addressText(address);
  return host + port;
}

function infoText({ info, protocol }: EventCells): string {
  switch (info.is) {
    case 'life':
      return info.text;
    case 'failure':
      return `${info.code} ${info.text}`;
    case 'message':
      return `${info.verb} ${info.text}`;
    case 'data':
      return `${info.verb} ${info.empty ? nothingText(protocol) : info.runs.map(({ text }) => text).join('')}`;
    default:
      return unreachable(info);
  }
}
