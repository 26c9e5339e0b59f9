/** A numbered sequence of events, wherever its records are: the running session, or a kept one. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Origin } from '@socket-playground/shared/recording/origin.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';

export interface Epoch {
  /** Names one agent run. */
  readonly id: string;
  /** ISO 8601. */
  readonly started: string;
}

/** The same as a recording says it. */
export const originOf = ({ id, started }: Epoch): Origin => ({ epoch: id, started });

export interface EventSource {
  readonly epoch: Epoch;
  /** The oldest event that can still be read; `latest + 1` when there is none. */
  readonly first: number;
  /** The newest event that may be told: it is on disk, where there is one. 0 before the first. */
  readonly latest: number;
  /** What is missing at the cursor, or null when its event can be read or is yet to come. */
  gapAt(cursor: number): Gap | null;
  /** The block that holds an event from `first` to `latest` outside any gap: at once, or read from disk. Null when it is gone. */
  blockOf(seq: number): Block | Promise<Block | null> | null;
  /** The sockets that were open at the end of this gap; null when that is not known. */
  standingAfter(gap: Gap): Promise<readonly SocketState[] | null>;
  /** Calls back when `latest` has grown. Returns the way to stop that. */
  subscribe(listener: () => void): () => void;
}
