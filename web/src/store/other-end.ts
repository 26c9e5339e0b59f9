/**
 * Which rows are the other end of a transfer: what one of our sockets sent and another of ours received.
 *
 * Said only when it is certain: the same range of the bytes of one connection whose ends are both ours. Datagrams
 * can be lost and doubled, so nothing is said of them.
 */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import { limits } from './limits.ts';
import type { EventRow, List, Row, Run } from './rows.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';

export interface OtherEnd {
  readonly rows: readonly EventRow[];
  /** One row with exactly the same bytes. */
  readonly exact: boolean;
}

/** What the search needs of the store. */
export interface Ground {
  readonly run: Run;
  bySeq(seq: number): Row | undefined;
  perSocket(socket: number): List<SocketEvent>;
  peerOf(socket: number): number | null;
}

const none: OtherEnd = { rows: [], exact: false };

export function otherEndOf(row: Row | undefined, ground: Ground): OtherEnd {
  if (row?.kind !== 'event' || row.run !== ground.run || !isTransfer(row.event)) return none;
  const peer = ground.peerOf(row.event.socket);
  if (peer === null || row.event.size === 0) return none;
  return row.ends.socketType === 'stream' ? streamEnd(row, row.event, peer, ground) : none;
}

function streamEnd(row: EventRow, event: Transfer, peer: number, ground: Ground): OtherEnd {
  if (row.offset === null) return none;
  const start = row.offset;
  const end = start + event.size;
  const events = ground.perSocket(peer);
  const wanted = event.type === 'sent' ? 'received' : 'sent';
  const rangeAt = (index: number) => rangeOf(events.at(index), wanted, ground);
  const after = firstAfter(events, event.seq);
  let from = after;
  // Ranges rise with the index: back to the first that can overlap, then on while they do.
  for (let index = from - 1; index >= 0; index -= 1) {
    const range = rangeAt(index);
    if (range !== null && range.end <= start) break;
    // A part of the other end would be less than the truth.
    if (after - index > limits.otherEndEvents) return none;
    from = index;
  }
  const rows: EventRow[] = [];
  for (let index = from; index < events.length; index += 1) {
    if (index - after > limits.otherEndEvents) return none;
    const range = rangeAt(index);
    if (range !== null && range.start >= end) break;
    if (range !== null && range.end > start) rows.push(range.row);
    if (range !== null && range.end >= end) break;
  }
  const only = rows.length === 1 ? rows[0] : undefined;
  const exact = only?.offset === start && isTransfer(only.event) && only.event.size === event.size;
  return { rows, exact };
}

function rangeOf(
  event: SocketEvent | undefined,
  wanted: Transfer['type'],
  ground: Ground,
): { row: EventRow; start: number; end: number } | null {
  if (event?.type !== wanted) return null;
  const row = ground.bySeq(event.seq);
  if (row?.kind !== 'event' || row.offset === null) return null;
  return { row, start: row.offset, end: row.offset + event.size };
}

/** Index of the first event after `seq`. */
function firstAfter(events: List<SocketEvent>, seq: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events.at(middle)?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
