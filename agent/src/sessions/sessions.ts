/** The sessions that can be read: the running one, and those that are kept. */
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import type { EventSource } from '../journal/source.ts';

export interface OpenSession {
  /** Null when it is kept in memory only. */
  readonly id: string | null;
  readonly source: EventSource;
  /** Bytes at its end that could not be read, because it was cut off while being written. */
  readonly tornBytes: number;
  /** It did not end in order: whether anything came behind its last event is not known. */
  readonly isCutShort: boolean;
  close(): Promise<void>;
}

export interface Sessions {
  /** Newest first. */
  list(): Promise<SessionInfo[]>;
  /** `current` is the running one. Null when there is no session of this id. */
  open(id: string): Promise<OpenSession | null>;
}

export const current = 'current';
