/** What can be done with one cell of the log: the words of its filter, and its text. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { directionOf, sourceAndDestination } from '../../store/ends.ts';
import type { EventRow, Row } from '../../store/rows.ts';
import type { ColumnId } from '../../store/settings.svelte.ts';

/** Bytes of a payload that a filter made from it looks for, as hex and as text: more is hard to read and to change. */
const soughtBytes = 16;
const soughtText = 32;

/** A filter for what a cell says alone; for what was asked and not that; for what was asked and that. */
export type Narrowing = 'only' | 'not' | 'and';

/** What filters for rows that say the same in this column; null where no filter asks that. */
export function filterOf(row: Row, column: ColumnId): string | null {
  if (row.kind !== 'event') return null;
  const { event, ends } = row;
  switch (column) {
    case 'socket':
      return event.socket === null ? null : `#${event.socket}`;
    case 'direction':
      return isTransfer(event) ? directionOf(ends.side, event.type).replace('-', ' ') : event.type;
    case 'source':
      return endWords(sourceAndDestination(ends, event).source);
    case 'destination':
      return endWords(sourceAndDestination(ends, event).destination);
    case 'protocol':
      return protocolWords(row);
    case 'info':
      return infoWords(event);
    case 'no':
    case 'time':
    case 'length':
      return null;
  }
}

const endWords = (address: Address | null) => (address === null ? null : formatAddress(address));

function protocolWords({ ends: { socketType } }: EventRow): string | null {
  if (socketType === null) return null;
  return socketType === 'stream' ? 'tcp' : 'udp';
}

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0');

/** Text where the payload begins with some, else its first bytes. */
function infoWords(event: SocketEvent): string | null {
  if (!isTransfer(event)) return event.type;
  if (event.data.length === 0) return null;
  const [words] = /^[ !#-[\]-~]{4,32}/.exec(String.fromCharCode(...event.data.subarray(0, soughtText))) ?? [];
  if (words !== undefined && words.trim() !== '') return `"${words.trim()}"`;
  return `hex ${[...event.data.subarray(0, soughtBytes)].map(hexOf).join(' ')}`;
}
