/** Where on disk each event of a session is. Segments are in order; inside one, events are numbered without gaps. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { preambleBytes, readPreamble, readSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { SegmentFile } from './segment-file.ts';

export interface StoredBlock {
  readonly first: number;
  readonly at: number;
  length: number;
}

export interface Segment {
  readonly file: SegmentFile;
  readonly first: number;
  /** The last event stored; `first - 1` while there is none. */
  last: number;
  readonly blocks: StoredBlock[];
}

export class SegmentIndex {
  #segments: Segment[] = [];
  /** Up to here events were stored once and have been removed since. */
  #removedTo = 0;
  /** The block read last: whoever reads one event soon reads the next. */
  #recent: {
    readonly at: StoredBlock;
    readonly length: number;
    readonly block: Promise<Block | null>;
  } | null = null;

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** The oldest event on disk, or null when there is none. */
  get first(): number | null {
    return this.#segments.find(({ first, last }) => last >= first)?.first ?? null;
  }

  get last(): number {
    return this.#segments.at(-1)?.last ?? 0;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { file }) => sum + file.size, 0);
  }

  /** Events that can be read. */
  get events(): number {
    return this.#segments.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }

  add(segment: Segment): void {
    this.#segments.push(segment);
  }

  /** The newest stored event up to this one; 0 when there is none. */
  lastBefore(seq: number): number {
    return this.#segments.findLast(({ first, last }) => first <= seq && last >= first)?.last ?? 0;
  }

  /** Takes out the newest segment when it holds no event, unless it is the only one. */
  dropEmptyTail(): Segment | undefined {
    const newest = this.#segments.at(-1);
    const isEmpty = newest !== undefined && newest.last < newest.first && this.#segments.length > 1;
    return isEmpty ? this.#segments.pop() : undefined;
  }

  /** Takes the oldest segment out; its events are a gap from now on. */
  removeOldest(): Segment | undefined {
    const [oldest] = this.#segments.splice(0, 1);
    if (oldest) this.#removedTo = Math.max(this.#removedTo, oldest.last);
    return oldest;
  }

  /** What is missing from the cursor on, before `end`; null when its event is here. */
  gapAt(cursor: number, end: number): Gap | null {
    if (this.#segmentOf(cursor)) return null;
    const next = this.#segments.find(({ first, last }) => first > cursor && last >= first)?.first ?? end;
    // Two reasons may meet: each has its own gap.
    if (cursor > this.#removedTo) return { type: 'gap', from: cursor, to: next - 1, reason: 'disk' };
    return { type: 'gap', from: cursor, to: Math.min(next - 1, this.#removedTo), reason: 'keep-limit' };
  }

  /** The block that holds this event, read from disk; null when it is not there (any more). */
  blockOf(seq: number): Promise<Block | null> | null {
    const segment = this.#segmentOf(seq);
    const stored = segment && blockIn(segment, seq);
    if (!stored) return null;
    if (this.#recent?.at !== stored || this.#recent.length !== stored.length) {
      this.#recent = { at: stored, length: stored.length, block: read(segment.file, stored) };
    }
    return this.#recent.block;
  }

  /** The sockets that were open right before this event, when a segment begins with it. */
  async standingAt(seq: number): Promise<readonly SocketState[] | null> {
    const segment = this.#segments.find(({ first }) => first === seq);
    if (!segment) return null;
    const preamble = readPreamble(await segment.file.read(0, preambleBytes));
    const head = preamble && readSegmentHead(await segment.file.read(preambleBytes, preamble.headBytes));
    return head?.standing ?? null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#segments.map(({ file }) => file.close()));
  }

  #segmentOf(seq: number): Segment | undefined {
    return this.#segments.find(({ first, last }) => first <= seq && seq <= last);
  }
}

function blockIn({ blocks }: Segment, seq: number): StoredBlock | undefined {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.first ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return blocks[low - 1];
}

async function read(file: SegmentFile, { at, length }: StoredBlock): Promise<Block | null> {
  try {
    return Block.read(await file.read(at, length));
  } catch {
    // The file was removed meanwhile: its events are a gap by now.
    return null;
  }
}
