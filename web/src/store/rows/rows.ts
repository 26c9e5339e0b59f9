import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { GapReason } from '@socket-playground/shared/wire/messages.ts';
import type { Ends } from './ends.ts';
import type { LaneMark } from './lanes.ts';

/** One agent run as this page saw it: 0 for the first, 1 after a restart … */
export type Run = number;

export interface EventRow {
  readonly kind: 'event';
  readonly run: Run;
  readonly event: SocketEvent;
  /** As they were at this event. */
  readonly ends: Ends;
  /** Bytes the socket had sent (for `sent`) or received (for `received`) before; null when that is not known. */
  readonly offset: number | null;
  readonly lanes: LaneMark;
}

/** Events that are not here: `page-limit` were dropped by this page, the others never came. */
export interface GapRow {
  readonly kind: 'gap';
  readonly run: Run;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly reason: GapReason | 'page-limit' | 'not-received';
  /** The sockets that are open behind it, and no others are; absent where nobody knows. */
  readonly standing?: readonly SocketState[];
}

/** The agent was restarted; what follows belongs to another run, numbered from 1 again. */
export interface RestartRow {
  readonly kind: 'restart';
  readonly run: Run;
  readonly started: string;
}

export type Row = EventRow | GapRow | RestartRow;

/** The number a row is found by within its run. */
export function seqOf(row: Row): number {
  switch (row.kind) {
    case 'event':
      return row.event.seq;
    case 'gap':
      return row.from;
    case 'restart':
      return 0;
  }
}

/** The last number a row stands for: a gap's may be far from its first. */
export const lastOf = (row: Row): number => (row.kind === 'gap' ? row.to : seqOf(row));

/** Whether both are the same row of the journal: rows are made when asked for, so that they may be two objects. */
export function sameRow(a: Row | undefined, b: Row | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (a.kind === b.kind && a.run === b.run && seqOf(a) === seqOf(b));
}

/** A growing list behind an interface that typed-array columns can stand behind. */
export interface List<Item> {
  readonly length: number;
  at(index: number): Item | undefined;
}
