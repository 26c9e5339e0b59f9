/** What stands behind the journal's memory: it hears of every block, and answers for what memory has let go of. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';

export interface Backing {
  /** The newest event that readers may be told of. */
  readonly settled: number;
  /** Whether the next event should begin a new block: what is open now will never be stored. */
  readonly wantsNewBlock: boolean;
  /** A block begins; `standing` are the sockets that are open right before its first event. */
  begin(block: Block, standing: () => SocketState[]): void;
  /** The newest block has grown up to this event. */
  appended(newest: number): void;
  /** Memory wants room: whether it may let go of its oldest block, because that is stored or has waited too long. */
  mayRelease(block: Block): boolean;
  /** Memory has let go of its oldest block. */
  released(block: Block): void;
  /** Whether what there is to read may begin with this block of memory: it is known which sockets were open before it. */
  mayBegin(block: Block): boolean;
  /** The oldest event that is kept here, or null when none is. */
  readonly first: number | null;
  /** What is missing at a cursor that memory does not hold; `memoryFirst` is the oldest event it does. */
  gapAt(cursor: number, memoryFirst: number): Gap | null;
  blockOf(seq: number): Promise<Block | null> | null;
  standingAfter(gap: Gap): Promise<readonly SocketState[] | null>;
  /** Resolves when everything appended so far may be told; it is hurried along. */
  settle(): Promise<void>;
  subscribe(listener: () => void): () => void;
}
