import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
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

/** A growing list behind an interface that typed-array columns can stand behind. */
export interface List<Item> {
  readonly length: number;
  at(index: number): Item | undefined;
}
