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
import { Outage } from './outage.ts';
import type { OutageLimits, OutageOptions } from './outage.ts';
import { Pace } from './pace.ts';
import { PassedBlocks } from './passed-blocks.ts';
import { Patience } from './patience.ts';
import type { PlannedSegment } from './planned-segment.ts';
import { SegmentIndex } from './segment-index.ts';
import { SegmentSeries } from './segment-series.ts';
import type { SeriesOptions } from './segment-series.ts';
import { WaitingBlocks } from './waiting-blocks.ts';

/** In a flood, where a write has more than so many events, writes come so many times as seldom. */
const flood = { events: 256, times: 3 };

export interface RunningLimits extends OutageLimits {
  readonly flushMs: number;
  /** A segment is full at this size. */
  readonly segmentBytes: number;
  /** Bytes that may wait for a slow disk before it counts as failed. */
  readonly storeBacklogBytes: number;
  /** How long one write may take before it counts as failed. */
  readonly storeStallMs: number;
}

export interface RunningOptions extends OutageOptions, SeriesOptions {
  readonly limits: RunningLimits;
  /** A segment was begun: whoever bounds the folder should look at it again. */
  readonly onSegment: () => void;
}

export class RunningSession implements Backing {
  readonly #options: RunningOptions;
  readonly #index = new SegmentIndex();
  readonly #listeners = new Listeners();
  readonly #waiting = new WaitingBlocks();
  readonly #passed = new PassedBlocks();
  readonly #pace: Pace;
  readonly #series: SegmentSeries;
  readonly #outage: Outage;
  /** The segment that new blocks are given to; null while storing is given up. */
  #plan: PlannedSegment | null = null;
  /** The first event of the newest block. */
  #open = 0;
  #newest = 0;
  #settled = 0;
  #flushing: Promise<void> | null = null;
  #isOver = false;

  constructor(options: RunningOptions) {
    this.#options = options;
    this.#pace = new Pace(options.nowMs);
    this.#series = new SegmentSeries(options, this.#index);
    this.#outage = new Outage(options, this.#index);
  }

  /** Makes the first file, so that it is there before the first event. */
  async prepare(): Promise<void> {
    this.#plan = this.#series.plan(1, []);
    await this.#create(this.#plan);
  }

  get wantsNewBlock(): boolean {
    return this.#plan === null && (this.#mayTry || !this.#passed.has(this.#open));
  }

  begin(block: Block, standing: () => SocketState[]): void {
    this.#open = block.first;
    const { segmentBytes, storeBacklogBytes } = this.#options.limits;
    if (this.#waiting.bytes > storeBacklogBytes)
      this.#giveUp(new Error('The disk is too slow for what happens.'));
    if (this.#plan === null && !this.#mayTry) {
      this.#passed.add(block, standing);
      return;
    }
    if (!this.#plan?.hasRoom(block.capacity, segmentBytes))
      this.#plan = this.#series.plan(block.first, standing());
    this.#waiting.add(block, this.#plan);
  }

  appended(newest: number): void {
    this.#newest = newest;
    if (this.#plan === null) this.#settle(newest);
    else this.#flushing ??= this.#flush();
  }

  async settle(): Promise<void> {
    const wanted = this.#newest;
    while (this.#settled < wanted) {
      this.#pace.hurry();
      await this.#listeners.next();
    }
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
    this.#waiting.clear();
    this.#settle(this.#newest);
    const last = this.#index.segments.at(-1);
    if (this.#newest === 0) await last?.file.remove();
    else if (!this.#outage.isOn) await last?.file.finish('ended', last.last).catch(this.#options.onFailure);
    await this.#index.close();
  }

  /** Takes the oldest segment off the disk, but never the one that is being written. False when there is none to take. */
  dropOldest(): Promise<boolean> {
    return this.#series.dropOldest();
  }

  get settled(): number {
    return this.#settled;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  get index(): SegmentIndex {
    return this.#index;
  }

  get first(): number | null {
    return this.#index.first;
  }

  mayRelease(block: Block): boolean {
    return block.last <= this.#settled;
  }

  released(block: Block): void {
    this.#passed.released(block);
  }

  /** A block that is on disk, or will be, may: what stands there tells which sockets were open. One given up or removed may not. */
  mayBegin({ first }: Block): boolean {
    if (first === 1 || this.#passed.has(first)) return true;
    return this.#index.holds(first) || this.#waiting.has(first);
  }

  gapAt(cursor: number, memoryFirst: number): Gap | null {
    return this.#index.gapAt(cursor, memoryFirst);
  }

  blockOf(seq: number): Promise<Block | null> | null {
    return this.#index.blockOf(seq);
  }

  async standingAfter({ to }: Gap): Promise<readonly SocketState[] | null> {
    return this.#passed.standingAt(to + 1) ?? this.#index.standingAt(to + 1);
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
      await this.#waiting.write((segment) => this.#create(segment));
    } catch (error) {
      this.#giveUp(error);
    }
    patience.end();
    this.#outage.answered();
    if (this.#plan === null) await this.#leaveTail();
    else this.#outage.over();
    this.#settle(this.#plan === null ? this.#newest : Math.max(target, this.#settled));
  }

  async #create(segment: PlannedSegment): Promise<void> {
    await this.#series.create(segment);
    // From here on the one before it may be taken off the disk: by then it is accounted for.
    this.#index.add(segment);
    this.#outage.account(segment.first - 1);
    this.#options.onSegment();
  }

  /** What waits will not be stored. Readers are told of it all the same. */
  #giveUp(error: unknown): void {
    this.#outage.refused(error);
    this.#plan = null;
    this.#waiting.giveUp((block, standing) => this.#passed.add(block, standing));
  }

  #stall(): void {
    this.#outage.stalled();
    this.#giveUp(new Error('The disk does not answer.'));
    this.#settle(this.#newest);
  }

  async #leaveTail(): Promise<void> {
    await this.#series.leaveTail();
    // Meanwhile a new segment may have been planned.
    this.#outage.account(this.#plan === null ? this.#newest : this.#plan.first - 1);
  }

  get #mayTry(): boolean {
    return !this.#isOver && this.#outage.mayTry;
  }

  #settle(seq: number): void {
    this.#settled = seq;
    this.#listeners.tell();
  }
}
