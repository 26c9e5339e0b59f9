/** What a cell of the log asks a filter for. */
import { carriesBytes, isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { directionOf, sourceAndDestination } from '../../store/rows/ends.ts';
import { termOf } from '@socket-playground/shared/filter/term-of.ts';
import type { EventRow, Row } from '../../store/rows/rows.ts';
import type { Spoken } from '../../store/sockets/spoken.svelte.ts';
import type { ColumnId } from '../../store/kept/settings.svelte.ts';

/** Bytes of a payload that a filter made from it looks for: more is hard to read and to change. */
const soughtBytes = 16;

/** A filter for what a cell says alone; for what was asked and not that; for what was asked and that. */
export type Narrowing = 'only' | 'not' | 'and';

/** What filters for rows that say the same in this column; null where no filter asks that. */
export function filterOf(row: Row, column: ColumnId, spoken: Spoken): string | null {
  if (row.kind !== 'event') return null;
  const { event, ends } = row;
  switch (column) {
    case 'socket':
      return event.socket === null ? null : termOf({ field: 'socket', value: event.socket });
    case 'direction':
      return isTransfer(event)
        ? termOf({ field: 'dir', value: directionOf(ends.side, event.type) })
        : termOf({ field: 'type', value: event.type });
    case 'source':
      return endWords(sourceAndDestination(ends, event).source);
    case 'destination':
      return endWords(sourceAndDestination(ends, event).destination);
    case 'protocol':
      return protocolWords(row, spoken);
    case 'info':
      return infoWords(event);
    case 'length':
      return carriesBytes(event) ? termOf({ field: 'len', value: event.size }) : null;
    case 'no':
    case 'time':
      return null;
  }
}

/** What the column says of a payload that is known. */
function shownProtocol(row: EventRow, spoken: Spoken): string | null {
  const protocol = carriesBytes(row.event) ? spoken.protocolOf(row) : null;
  return spoken.dissecting?.telling.find(({ id }) => id === protocol)?.id ?? null;
}

const endWords = (address: Address | null) => (address === null ? null : formatAddress(address));

function protocolWords(row: EventRow, spoken: Spoken): string | null {
  const { socketType } = row.ends;
  const protocol = shownProtocol(row, spoken);
  if (protocol !== null) return termOf({ field: 'proto', value: protocol });
  if (socketType === null) return null;
  return termOf({ field: 'proto', value: socketType === 'stream' ? 'tcp' : 'udp' });
}

/** The first bytes of a payload. */
function infoWords(event: SocketEvent): string | null {
  if (!carriesBytes(event)) return termOf({ field: 'type', value: event.type });
  if (event.data.length === 0) return termOf({ field: 'len', value: 0 });
  return termOf({ field: 'contains', value: event.data.subarray(0, soughtBytes) });
}
