/**
 * The running session on disk. Every event is written before anyone is told of it: `settled` is the newest that readers
 * may see. One write is under way at a time, at most every `flushMs`, so that a flood costs few calls.
 *
 * A disk that fails, is full or too slow never stops a socket. Events are then told without being stored and counted as
 * lost, and a new segment tries again every `storeRetryMs`: what lies between two segments was never stored.
 */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { Backing } from '../journal/backing.ts';
import { Listeners } from '../journal/listeners.ts';
import type { Epoch } from '../journal/source.ts';
import { Pace } from './pace.ts';
import { Patience } from './patience.ts';
import { PlannedSegment } from './planned-segment.ts';
import { SegmentFile } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';

/** In a flood, where a write has more than so many events, writes come so many times as seldom. */
const flood = { events: 256, times: 3 };

export interface RunningLimits {
  readonly flushMs: number;
  /** A segment is full at this size. */
  readonly segmentBytes: number;
  /** Bytes that may wait for a slow disk before it counts as failed. */
  readonly storeBacklogBytes: number;
  readonly storeRetryMs: number;
  /** How long one write may take before it counts as failed. */
  readonly storeStallMs: number;
}

export interface RunningOptions {
  readonly epoch: Epoch;
  readonly limits: RunningLimits;
  /** The path of a segment, counted from 1. */
  readonly pathOf: (number: number) => string;
  /** Milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** So many more events were told without being stored. Never called while an event is being appended. */
  readonly onLost: (count: number) => void;
  /** The disk refused, with what it said. */
  readonly onFailure: (error: unknown) => void;
  /** A segment was begun: whoever bounds the folder should look at it again. */
  readonly onSegment: () => void;
}

/** A block on its way to disk. */
interface Waiting {
  readonly block: Block;
  readonly segment: PlannedSegment;
  written: number;
}

export class RunningSession implements Backing {
  readonly #options: RunningOptions;
  readonly #index = new SegmentIndex();
  readonly #listeners = new Listeners();
  readonly #pace: Pace;
  #waiting: Waiting[] = [];
  /** The segment that new blocks are given to; null while storing is given up. */
  #plan: PlannedSegment | null = null;
  #files = 0;
  /** The first event of the newest block. */
  #open = 0;
  #newest = 0;
  #settled = 0;
  /** Storing failed: when it is tried again. Null while it works. */
  #retryAt: number | null = null;
  /** A write does not return: until it does, nothing is tried again. */
  #isStalled = false;
  /** Every event up to here is on disk, or was counted as lost. */
  #accounted = 0;
  /** The sockets that were open right before blocks of an outage: no segment says it. By the first event. */
  readonly #standing = new Map<number, SocketState[]>();
  #flushing: Promise<void> | null = null;
  #isOver = false;

  constructor(options: RunningOptions) {
    this.#options = options;
    this.#pace = new Pace(options.nowMs);
  }

  get settled(): number {
    return this.#settled;
  }

  get index(): SegmentIndex {
    return this.#index;
  }

  get first(): number | null {
    return this.#index.first;
  }

  get wantsNewBlock(): boolean {
    return this.#plan === null && (this.#mayTry || !this.#standing.has(this.#open));
  }

  /** Makes the first file, so that it is there before the first event. */
  async prepare(): Promise<void> {
    this.#plan = this.#planSegment(1, []);
    await this.#create(this.#plan);
  }

  begin(block: Block, standing: () => SocketState[]): void {
    this.#open = block.first;
    const { segmentBytes, storeBacklogBytes } = this.#options.limits;
    if (this.#backlog > storeBacklogBytes) this.#giveUp(new Error('The disk is too slow for what happens.'));
    if (this.#plan === null && !this.#mayTry) {
      this.#standing.set(block.first, standing());
      return;
    }
    if (!this.#plan?.hasRoom(block.capacity, segmentBytes))
      this.#plan = this.#planSegment(block.first, standing());
    this.#plan.give(block.capacity);
    this.#waiting.push({ block, segment: this.#plan, written: 0 });
  }

  appended(newest: number): void {
    this.#newest = newest;
    if (this.#plan === null) this.#settle(newest);
    else this.#flushing ??= this.#flush();
  }

  mayRelease(block: Block): boolean {
    return block.last <= this.#settled;
  }

  released(block: Block): void {
    this.#standing.delete(block.first);
  }

  /** What is or will be on disk goes on from there, or begins with a segment. What was given up, or removed, does not. */
  mayBegin({ first }: Block): boolean {
    if (first === 1 || this.#standing.has(first) || this.#index.holds(first)) return true;
    return this.#waiting.some(({ block }) => block.first === first);
  }

  gapAt(cursor: number, memoryFirst: number): Gap | null {
    return this.#index.gapAt(cursor, memoryFirst);
  }

  blockOf(seq: number): Promise<Block | null> | null {
    return this.#index.blockOf(seq);
  }

  async standingAfter({ to }: Gap): Promise<readonly SocketState[] | null> {
    return this.#standing.get(to + 1) ?? this.#index.standingAt(to + 1);
  }

  async settle(): Promise<void> {
    const wanted = this.#newest;
    while (this.#settled < wanted) {
      this.#pace.hurry();
      await this.#grown();
    }
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Takes the oldest segment off the disk, but never the one that is being written. False when there is none to take. */
  async dropOldest(): Promise<boolean> {
    if (this.#index.segments.length < 2) return false;
    const oldest = this.#index.removeOldest();
    // The file that the session is known by stays where it is.
    if (oldest?.file.path === this.#options.pathOf(1)) await oldest.file.empty();
    else await oldest?.file.remove();
    return true;
  }

  /**
   * Writes what is left and marks the session as ended in order. A session without events leaves no file. From then on the
   * files stay as they are: what still happens is told, as in an outage, and not stored.
   */
  async end(): Promise<void> {
    await this.settle();
    this.#isOver = true;
    await this.#flushing;
    this.#plan = null;
    this.#waiting = [];
    this.#settle(this.#newest);
    const last = this.#index.segments.at(-1);
    if (this.#newest === 0) await last?.file.remove();
    else if (this.#retryAt === null)
      await last?.file.finish('ended', last.last).catch(this.#options.onFailure);
    await this.#index.close();
  }

  async #flush(): Promise<void> {
    const { flushMs } = this.#options.limits;
    let apartMs = flushMs;
    while (this.#newest > this.#settled && !this.#isOver) {
      await this.#pace.turn(apartMs);
      const before = this.#settled;
      await this.#store();
      apartMs = this.#settled - before > flood.events ? flood.times * flushMs : flushMs;
    }
    this.#flushing = null;
  }

  /** Writes what waits, or gives it up: either way what has happened so far may be told. */
  async #store(): Promise<void> {
    const target = this.#newest;
    const patience = new Patience(this.#options.limits.storeStallMs, () => this.#stall());
    try {
      await this.#write();
    } catch (error) {
      this.#giveUp(error);
    }
    patience.end();
    this.#isStalled = false;
    if (this.#plan === null) await this.#leaveTail();
    else this.#retryAt = null;
    this.#settle(this.#plan === null ? this.#newest : Math.max(target, this.#settled));
  }

  /** Writes everything that waits, segment by segment. */
  async #write(): Promise<void> {
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const { segment } = next;
      if (!segment.isCreated) await this.#create(segment);
      const own = this.#waiting.filter((waiting) => waiting.segment === segment);
      const ends = own.map(({ block }) => block.used);
      await segment.write(own.map(({ block, written }) => ({ block, from: written })));
      own.forEach((waiting, index) => (waiting.written = ends[index] ?? 0));
      this.#forgetWritten();
      if (this.#waiting[0]?.segment === segment) return;
      await segment.file.finish('continued', segment.last);
    }
  }

  /** The newest block may still grow. */
  #forgetWritten(): void {
    const newest = this.#waiting.at(-1);
    this.#waiting = this.#waiting.filter(
      (waiting) => waiting === newest || waiting.written < waiting.block.used,
    );
  }

  async #create(segment: PlannedSegment): Promise<void> {
    try {
      await segment.create(this.#options.epoch, this.#index.lastStored);
    } catch (error) {
      // What was there before is not ours.
      if (segment.file.isOurs) await segment.file.remove();
      throw error;
    }
    this.#index.add(segment);
    this.#account(segment.first - 1);
    this.#options.onSegment();
  }

  #planSegment(first: number, standing: SocketState[]): PlannedSegment {
    const file = new SegmentFile(this.#options.pathOf((this.#files += 1)));
    return new PlannedSegment({ file, first, standing });
  }

  /** What waits will not be stored. Readers are told of it all the same. One outage is reported once. */
  #giveUp(error: unknown): void {
    if (this.#retryAt === null) this.#options.onFailure(error);
    this.#plan = null;
    // A write of them may still be under way.
    for (const { block } of this.#waiting) block.keep();
    this.#waiting = [];
    this.#retryAt = this.#options.nowMs() + this.#options.limits.storeRetryMs;
  }

  #stall(): void {
    this.#isStalled = true;
    this.#giveUp(new Error('The disk does not answer.'));
    this.#settle(this.#newest);
  }

  /** Nothing more is written to the newest segment. One without events leaves no file, but for the session's first. */
  async #leaveTail(): Promise<void> {
    const empty = this.#index.dropEmptyTail();
    const newest = this.#index.segments.at(-1);
    try {
      if (empty) await empty.file.remove();
      else if (newest) await newest.file.finish('continued', newest.last);
    } catch {
      // The outage was reported, and the file can be read without its ending.
    }
    // Meanwhile a new segment may have been planned.
    this.#account(this.#plan === null ? this.#newest : this.#plan.first - 1);
  }

  /** Of the events up to `to` nothing more will be stored: what is not on disk is lost. */
  #account(to: number): void {
    const from = this.#accounted + 1;
    this.#accounted = Math.max(to, this.#accounted);
    const lost = to - from + 1 - this.#index.countBetween(from, to);
    if (lost > 0) this.#options.onLost(lost);
  }

  get #backlog(): number {
    return this.#waiting.reduce((sum, { block, written }) => sum + block.used - written, 0);
  }

  get #mayTry(): boolean {
    if (this.#isOver) return false;
    return this.#retryAt === null || (!this.#isStalled && this.#options.nowMs() >= this.#retryAt);
  }

  #grown(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  #settle(seq: number): void {
    this.#settled = seq;
    this.#listeners.tell();
  }
}
