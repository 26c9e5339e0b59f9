/**
 * The agent's append-only, numbered sequence of events: ordered, unique, gapless. Everything anyone sees comes from here.
 * Records live in large blocks, so that a million events are a few hundred objects. When the caps of memory are reached
 * the oldest block goes; what stands behind memory (`backing.ts`) answers for its events, or they are a gap.
 */
import { eventOf, isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventBody, SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { Appended } from '@socket-playground/shared/wire/block.ts';
import { roomFor } from '@socket-playground/shared/wire/write-record.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { Backing } from './backing.ts';
import { BlockMemory } from './block-memory.ts';
import type { Epoch, EventSource } from './source.ts';

/** Shorter data are copied sooner than compared, in bytes. */
const worthComparing = 32;

/**
 * A block that begins before the last one is full, because the disk is tried again, is so many times as small: the next
 * attempt may be the same, a second later, for hours.
 */
const trialParts = 64;

export interface JournalLimits {
  readonly journalBytes: number;
  readonly journalEvents: number;
  readonly blockBytes: number;
}

export interface JournalOptions {
  readonly epoch: Epoch;
  readonly limits: JournalLimits;
  /** Nanoseconds since the epoch began, monotonic. */
  readonly now: () => number;
  readonly backing: Backing;
  /** The sockets that are open, as the events so far leave them. */
  readonly standing: () => SocketState[];
}

/** What readers of the running session may do: the gateway sees no more than this. */
export interface JournalReader extends EventSource {
  /** Resolves when everything that has happened so far may be told. */
  settle(): Promise<void>;
}

export class Journal implements JournalReader {
  readonly epoch: Epoch;
  readonly #options: JournalOptions;
  readonly #backing: Backing;
  readonly #memory: BlockMemory;
  #blocks: Block[] = [];
  #newest = 0;
  #bytes = 0;
  /** The last data that were written and are worth it, as the newest block holds them. */
  #last: Uint8Array | null = null;

  constructor(options: JournalOptions) {
    this.epoch = options.epoch;
    this.#options = options;
    this.#backing = options.backing;
    this.#memory = new BlockMemory(options.limits.blockBytes);
  }

  get first(): number {
    return Math.min(this.#backing.first ?? Infinity, this.#memoryFirst);
  }

  get latest(): number {
    return this.#backing.settled;
  }

  /** The oldest event of memory that can be read; when in doubt the newest block can be. */
  get #memoryFirst(): number {
    const oldest = this.#blocks.find((block) => this.#backing.mayBegin(block)) ?? this.#blocks.at(-1);
    return oldest?.first ?? this.#newest + 1;
  }

  /**
   * Numbers and dates a fact and keeps a copy of its bytes. The event it answers has that copy for its data, which a later
   * event may repeat for nothing. It is good in this turn of the event loop; `keep` makes it good for ever.
   */
  append(body: EventBody): SocketEvent {
    const event = eventOf(body, this.#newest + 1, this.#options.now());
    if (!isTransfer(event)) this.#take(event);
    else {
      this.#recognise(event);
      if (this.#take(event) === 'copied') this.#own(event);
    }
    this.#newest = event.seq;
    this.#evict();
    this.#backing.appended(event.seq);
    return event;
  }

  /**
   * Somebody holds these bytes beyond this turn, and with them all of their block, however few they are. False: they are
   * not the journal's own, and none of its business.
   */
  keep(data: Uint8Array): boolean {
    const holder = this.#holderOf(data);
    holder?.keep();
    return holder !== undefined;
  }

  /** The same bytes outside the journal's memory: to be held for long, or by many. */
  outside(data: Uint8Array): Uint8Array {
    return this.#holderOf(data) ? new Uint8Array(data) : data;
  }

  #holderOf(data: Uint8Array): Block | undefined {
    return this.#blocks.findLast((block) => block.holds(data));
  }

  gapAt(cursor: number): Gap | null {
    if (cursor >= this.#memoryFirst) return null;
    return this.#backing.gapAt(cursor, this.#memoryFirst);
  }

  blockOf(seq: number): Block | Promise<Block | null> | null {
    return this.#held(seq) ?? this.#backing.blockOf(seq);
  }

  standingAfter(gap: Gap): Promise<readonly SocketState[] | null> {
    return this.#backing.standingAfter(gap);
  }

  settle(): Promise<void> {
    return this.#backing.settle();
  }

  subscribe(listener: () => void): () => void {
    return this.#backing.subscribe(listener);
  }

  /** A speed test sends the same bytes again and again: each block holds them once. */
  #recognise(event: Transfer): void {
    const { data } = event;
    const last = this.#last;
    if (last === null || data === last || data.length !== last.length || data[0] !== last[0]) return;
    if (Buffer.compare(data, last) === 0) event.data = last;
  }

  #own(event: Transfer): void {
    event.data = this.#blocks.at(-1)?.dataOf(event.seq) ?? event.data;
    if (event.data.length >= worthComparing) this.#last = event.data;
  }

  #take(event: SocketEvent): Appended {
    const isTrial = this.#backing.wantsNewBlock;
    const open = isTrial ? undefined : this.#blocks.at(-1);
    const appended = open?.append(event) ?? 'no-room';
    if (appended !== 'no-room') return appended;
    const { blockBytes } = this.#options.limits;
    const first = this.#begin(event, isTrial ? blockBytes / trialParts : blockBytes).append(event);
    if (first === 'no-room') throw new Error(`A new block has no room for event ${event.seq}.`);
    return first;
  }

  #begin(event: SocketEvent, bytes: number): Block {
    const block = new Block(event.seq, this.#memory.take(roomFor(event), bytes));
    this.#blocks.push(block);
    this.#last = null;
    this.#bytes += block.capacity;
    this.#backing.begin(block, this.#options.standing);
    return block;
  }

  /** The block in memory that holds this event, when it can be read. Blocks are in order of their first event. */
  #held(seq: number): Block | null {
    if (seq < this.#memoryFirst) return null;
    const { length } = this.#blocks;
    const behind = firstWhere(0, length, (index) => (this.#blocks[index]?.first ?? Infinity) > seq);
    const block = this.#blocks[behind - 1];
    return block?.has(seq) ? block : null;
  }

  /** The newest block always stays, so that what just happened can be read. */
  #evict(): void {
    const { journalBytes, journalEvents } = this.#options.limits;
    for (let [oldest] = this.#blocks; oldest !== undefined; [oldest] = this.#blocks) {
      if (this.#bytes <= journalBytes && this.#newest - oldest.first < journalEvents) return;
      if (this.#blocks.length === 1 || !this.#backing.mayRelease(oldest)) return;
      this.#blocks.shift();
      this.#bytes -= oldest.capacity;
      this.#backing.released(oldest);
      this.#memory.give(oldest.memory);
    }
  }
}
