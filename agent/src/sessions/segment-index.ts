/**
 * Where on disk each event of a session is. Segments are in order; inside one, events are numbered without gaps. Only the
 * newest still gains events. There may be very many: a file can be made of nothing else.
 */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import { missingBefore } from '@socket-playground/shared/recording/missing.ts';
import type { Missing } from '@socket-playground/shared/recording/missing.ts';
import { preambleBytes, readPreamble, readSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import type { SegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap, GapReason } from '@socket-playground/shared/wire/messages.ts';
import { Holes } from './holes.ts';
import { isGone } from './segment-file.ts';
import type { SegmentFile } from './segment-file.ts';

/** How long a block counts as lost that the system could not read, ms: descriptors and disks come back. */
const secondLookMs = 1_000;

export interface StoredBlock {
  readonly first: number;
  readonly at: number;
  length: number;
  /** Somebody else has changed or taken away the file, or it cannot be read just now: its events are a gap. */
  isLost?: boolean;
}

export interface Segment {
  readonly file: SegmentFile;
  /** Where in the file it begins. */
  readonly at: number;
  readonly first: number;
  /** The last event stored; `first - 1` while there is none. */
  last: number;
  readonly blocks: StoredBlock[];
}

/** What is known of the events between the segments so far and a new one, when the disk may not be all that lacks them. */
interface Told extends Partial<Pick<SegmentHead, 'follows' | 'missing'>> {
  /** Nothing before it can be read, and nothing tells that something else was there. */
  readonly isOldest?: boolean;
}

export class SegmentIndex {
  #segments: Segment[] = [];
  readonly #holes = new Holes();
  /** How many of the oldest segments are known to hold no event, for good. */
  #empty = 0;
  /** Behind the newest segment events are missing up to here. */
  #missingTo = 0;
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
    return this.#holderFrom(0)?.first ?? null;
  }

  get last(): number {
    return this.#segments.at(-1)?.last ?? 0;
  }

  /** The newest event that is here or known to be missing. */
  get latest(): number {
    return Math.max(this.last, this.#missingTo);
  }

  /** The newest event that was ever stored, here or removed since; 0 when none was. A segment may hold none. */
  get lastStored(): number {
    return this.#segments.findLast(holdsEvents)?.last ?? this.#removedTo;
  }

  get bytes(): number {
    return [...new Set(this.#segments.map(({ file }) => file))].reduce((sum, { size }) => sum + size, 0);
  }

  /** Events that can be read. */
  get events(): number {
    return this.countBetween(1, this.last);
  }

  holds(seq: number): boolean {
    return this.#segmentOf(seq) !== undefined;
  }

  /** How many events from `from` to `to` (inclusive) can be read. */
  countBetween(from: number, to: number): number {
    const within = ({ first, last }: Segment) => Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
    return this.#segments.reduce((sum, segment) => sum + within(segment), 0);
  }

  /** `told` is what its head says of the events before it. */
  add(segment: Segment, told: Told = {}): void {
    const { last } = this;
    const { follows = last, missing, isOldest = false } = told;
    const { first } = segment;
    for (const each of missingBefore({ first, follows, missing }, { last, isOldest })) this.#holes.add(each);
    this.#segments.push(segment);
  }

  /** What is missing behind the newest segment, in order: no other comes behind it. */
  addMissing(missing: readonly Missing[]): void {
    for (const each of missing) this.#holes.add(each);
    this.#missingTo = missing.at(-1)?.to ?? 0;
  }

  /** Takes out the newest segment when it holds no event, unless it is the only one. */
  dropEmptyTail(): Segment | undefined {
    const newest = this.#segments.at(-1);
    const isEmpty = newest !== undefined && !holdsEvents(newest) && this.#segments.length > 1;
    this.#empty = 0;
    return isEmpty ? this.#segments.pop() : undefined;
  }

  /** Takes the oldest segment out; its events are a gap from now on. */
  removeOldest(): Segment | undefined {
    const [oldest] = this.#segments.splice(0, 1);
    this.#empty = 0;
    if (oldest && holdsEvents(oldest)) {
      this.#removedTo = oldest.last;
      this.#holes.removedTo(oldest.last);
    }
    return oldest;
  }

  /** What is missing from the cursor on, before `end`; null when its event is here. */
  gapAt(cursor: number, end: number): Gap | null {
    const gap = (to: number, reason: GapReason): Gap => ({
      type: 'gap',
      from: cursor,
      to: Math.min(to, end - 1),
      reason,
    });
    const holder = this.#segmentOf(cursor);
    if (holder)
      return blockIn(holder, cursor)?.isLost ? gap(endOfBlock(holder, cursor), 'not-in-file') : null;
    const hole = this.#holes.at(cursor);
    // Behind the newest segment there is nothing but what the disk did not take.
    return hole ? gap(hole.to, hole.reason) : gap(end - 1, 'disk');
  }

  /** The block that holds this event, read from disk; null when it is not there (any more). Never rejects. */
  blockOf(seq: number): Promise<Block | null> | null {
    const segment = this.#segmentOf(seq);
    const stored = segment && blockIn(segment, seq);
    if (!stored || stored.isLost) return null;
    if (this.#recent?.at === stored && this.#recent.length === stored.length) return this.#recent.block;
    const block = this.#read(segment.file, stored);
    this.#recent = { at: stored, length: stored.length, block };
    return block;
  }

  /** What cannot be read is marked as lost: for good when it is something else by now, or else for a while. */
  async #read(file: SegmentFile, stored: StoredBlock): Promise<Block | null> {
    const read = await readBlock(file, stored);
    if (read instanceof Block) return read;
    stored.isLost = true;
    if (this.#recent?.at === stored) this.#recent = null;
    if (read === 'unreadable') setTimeout(() => (stored.isLost = false), secondLookMs).unref();
    return null;
  }

  /** The sockets that were open right before this event, when a segment begins with it and can be read. Never rejects. */
  async standingAt(seq: number): Promise<readonly SocketState[] | null> {
    const segment = this.#segments[this.#indexFrom(seq)];
    return segment?.first === seq ? standingOf(segment).catch(() => null) : null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#segments.map(({ file }) => file.close()));
  }

  #segmentOf(seq: number): Segment | undefined {
    const segment = this.#segments[this.#indexFrom(seq + 1) - 1];
    return segment !== undefined && seq <= segment.last ? segment : undefined;
  }

  /** Position of the first segment that begins with this event or behind it. */
  #indexFrom(seq: number): number {
    return firstWhere(0, this.#segments.length, (index) => (this.#segments[index]?.first ?? Infinity) >= seq);
  }

  /** The first segment from this position on that holds an event. */
  #holderFrom(position: number): Segment | undefined {
    const from = Math.max(position, this.#empty);
    let at = from;
    while (at < this.#segments.length - 1 && !this.#holdsAt(at)) at += 1;
    if (from === this.#empty) this.#empty = at;
    return this.#holdsAt(at) ? this.#segments[at] : undefined;
  }

  #holdsAt(position: number): boolean {
    const segment = this.#segments[position];
    return segment !== undefined && holdsEvents(segment);
  }
}

const holdsEvents = ({ first, last }: Segment) => last >= first;

/** Position in `blocks` of the first one behind this event. */
const indexBehind = ({ blocks }: Segment, seq: number): number =>
  firstWhere(0, blocks.length, (index) => (blocks[index]?.first ?? Infinity) > seq);

const blockIn = (segment: Segment, seq: number): StoredBlock | undefined =>
  segment.blocks[indexBehind(segment, seq) - 1];

const endOfBlock = (segment: Segment, seq: number): number =>
  (segment.blocks[indexBehind(segment, seq)]?.first ?? segment.last + 1) - 1;

/** `gone`: the file is not there any more, or not what was written. `unreadable`: it may be, but the system refused. */
async function readBlock(
  file: SegmentFile,
  { first, at, length }: StoredBlock,
): Promise<Block | 'gone' | 'unreadable'> {
  try {
    const block = Block.read(await file.read(at, length));
    return block?.first === first && block.used === length ? block : 'gone';
  } catch (error) {
    return isGone(error) ? 'gone' : 'unreadable';
  }
}

async function standingOf({ file, at }: Segment): Promise<readonly SocketState[] | null> {
  const preamble = readPreamble(await file.read(at, preambleBytes));
  const head = preamble && readSegmentHead(await file.read(at + preambleBytes, preamble.headBytes));
  return head?.standing ?? null;
}
