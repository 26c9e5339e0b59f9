/** The page's connection to a journal, live or recorded. The store is its only user; views never see it. */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Sought } from '@socket-playground/shared/wire/look.ts';
import type { Gap, Outcome, Welcome } from '@socket-playground/shared/wire/messages.ts';

import type { Download, SaveRequest } from './sessions/sessions.ts';

export type LinkStatus =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  /** The agent does not answer; the next try is `retryInMs` after this status was told. */
  | { readonly is: 'lost'; readonly retryInMs: number }
  /** The agent does not know this page's token: it was restarted since. Nothing is tried again by itself. */
  | { readonly is: 'refused' }
  /** Page and agent speak different protocols. */
  | { readonly is: 'mismatch' }
  /** The page was opened without the token of the agent's link. */
  | { readonly is: 'no-token' }
  /** A recording is being read: so much of it is here; `total` is 0 while it is not known. */
  | { readonly is: 'reading'; readonly done: number; readonly total: number }
  /** All of a recording is here, but for `tornBytes` at its end: of a session that was cut off while being written, or of
   *  `packets` that another program captured. */
  | { readonly is: 'read'; readonly holds: 'events' | 'packets'; readonly tornBytes: number }
  /** This is no recording, or it cannot be had. */
  | { readonly is: 'unreadable'; readonly problem: Problem };

export type PayloadAnswer =
  | { readonly is: 'data'; readonly data: Uint8Array }
  /** The agent no longer has the event. */
  | { readonly is: 'gone' }
  | { readonly is: 'unreachable'; readonly message: string };

/** Which transfers of events `from` to `to` (inclusive) hold this anywhere in their data. */
export interface SearchQuery {
  readonly what: Sought;
  /** Only transfers of more bytes than this. */
  readonly longerThan: number;
  readonly from: number;
  readonly to: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export type SearchAnswer =
  /** In order; the search goes on at `next`, or everything was looked through. */
  | { readonly is: 'found'; readonly seqs: readonly number[]; readonly next: number | null }
  /** It cannot be looked for. */
  | { readonly is: 'refused'; readonly problem: Problem }
  | { readonly is: 'unreachable' };

/** What a link tells its owner, in order. Every event comes exactly once. */
export interface LinkListener {
  status(status: LinkStatus): void;
  /** Before the events of a connection; a changed `epoch` says that the agent was restarted. */
  welcome(welcome: Welcome): void;
  events(events: readonly SocketEvent[]): void;
  /** Events that this page will never get. */
  gap(gap: Pick<Gap, 'from' | 'to'> & { readonly reason: Gap['reason'] | 'not-received' }): void;
  /** Behind a gap, where the agent knows it: the sockets that were open at its end. */
  standing(sockets: readonly SocketState[]): void;
}

export interface Link {
  /** Connects, and stays connected, until `stop`. */
  start(listener: LinkListener): void;
  stop(): void;
  retryNow(): void;
  /** Never rejects: a lost link is an outcome with a problem. */
  run(command: Command): Promise<Outcome>;
  /** All bytes of one sent or received event of the present run. */
  payload(seq: number): Promise<PayloadAnswer>;
  /** Never rejects. */
  search(query: SearchQuery): Promise<SearchAnswer>;
  /** These sockets as the kernel sees them now; null when nobody answers. Never rejects. */
  kernel(sockets: readonly number[]): Promise<KernelView | null>;
  /** All of it, as a file. Never rejects. */
  save(request: SaveRequest): Promise<Download>;
}
