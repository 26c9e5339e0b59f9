/**
 * Which rows are the other end of a transfer: what one of our sockets sent and another of ours received.
 *
 * Said only when it is certain: the same range of the bytes of one connection whose ends are both ours. Datagrams
 * can be lost and doubled, so nothing is said of them.
 */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import { overlapping } from '@socket-playground/shared/streams/join.ts';
import { limits } from '../limits.ts';
import type { EventRow, Row, Run } from '../rows/rows.ts';
import type { Transfers } from '../journal/stream-ranges.ts';

export interface OtherEnd {
  readonly rows: readonly EventRow[];
  /** One row with exactly the same bytes. */
  readonly exact: boolean;
}

/** What the search needs of the store. */
export interface Ground {
  readonly run: Run;
  rowAt(position: number): Row | undefined;
  transfersOf(socket: number, type: Transfer['type']): Transfers;
  peerOf(socket: number): number | null;
}

const none: OtherEnd = { rows: [], exact: false };

export function otherEndOf(row: Row | undefined, ground: Ground): OtherEnd {
  if (row?.kind !== 'event' || row.run !== ground.run || !isTransfer(row.event)) return none;
  const peer = ground.peerOf(row.event.socket);
  if (peer === null || row.offset === null || row.ends.socketType !== 'stream') return none;
  return streamEnd(row.offset, row.event, ground.transfersOf(peer, otherType(row.event)), ground);
}

const otherType = ({ type }: Transfer) => (type === 'sent' ? 'received' : 'sent');

function streamEnd(from: number, { size }: Transfer, others: Transfers, ground: Ground): OtherEnd {
  const { first, end } = overlapping(others, { from, to: from + size });
  // A part of the other end would be less than the truth.
  if (end - first > limits.otherEndEvents) return none;
  const rows = Array.from({ length: end - first }, (_, at) =>
    ground.rowAt(others.positionAt(first + at) ?? -1),
  );
  const only = end - first === 1 ? others.at(first) : undefined;
  return {
    rows: rows.filter((row) => row?.kind === 'event'),
    exact: only?.from === from && only.to === from + size,
  };
}
