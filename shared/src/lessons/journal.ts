/** What the checker reads: the same events that everything else is made of. */
import type { SocketEvent } from '../events/event.ts';

export interface LessonJournal {
  /** The newest event there is. */
  readonly latest: number;
  /** Events from this number on, in order; those that are no longer kept are left out. */
  events(from: number): Iterable<SocketEvent>;
  /** All bytes of a transfer, or null when only the first are known here: then they are asked for. */
  payload(seq: number): Uint8Array | null;
}
