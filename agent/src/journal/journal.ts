/**
 * The agent's append-only, numbered sequence of events: ordered, unique, gapless. Everything anyone sees comes from here.
 * Records live in large chunks, so that a million events are a few hundred objects; when the caps are reached the
 * oldest chunk goes, and whoever asks for its events is told of a gap.
 */
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import {
  copyCut,
  cutLength,
  readRecord,
  roomFor,
  writeRecord,
} from '@socket-playground/shared/wire/codec.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { Chunk } from './chunk.ts';

export interface JournalLimits {
  readonly journalBytes: number;
  readonly journalEvents: number;
  readonly chunkBytes: number;
}

export interface Epoch {
  /** Names this agent run. */
  readonly id: string;
  /** ISO 8601. */
  readonly started: string;
}

export interface JournalOptions {
  readonly epoch: Epoch;
  readonly limits: JournalLimits;
  /** Nanoseconds since the epoch began, monotonic. */
  readonly now: () => number;
}

/** Records from a cursor on, ready to be sent; `next` is the cursor after them. */
export interface Batch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly next: number;
}

/** What readers of the journal may do: the gateway sees no more than this. */
export interface JournalReader {
  readonly epoch: Epoch;
  /** The oldest event still kept; `latest + 1` when there is none. */
  readonly first: number;
  /** The newest event, 0 before the first. */
  readonly latest: number;
  /** The whole event with all its bytes (a copy), or null when it is not kept. */
  event(seq: number): SocketEvent | null;
  /** The sockets that were open right before `first`: what its missing events came to. */
  readonly standing: readonly SocketState[];
  /** What is missing at the cursor, or null when its event is kept or yet to come. */
  gapAt(cursor: number): Gap | null;
  /** Whole records from the cursor on, at most `mostBytes` but at least one, payloads cut to `payloadBytes`. Null when there is none. */
  batch(cursor: number, mostBytes: number, payloadBytes: number): Batch | null;
  /** Calls back after each append, with its number. Returns the way to stop that. */
  subscribe(listener: (seq: number) => void): () => void;
}

export class Journal implements JournalReader {
  readonly epoch: Epoch;
  readonly #limits: JournalLimits;
  readonly #now: () => number;
  readonly #listeners = new Set<(seq: number) => void>();
  readonly #standing = new Map<number, SocketState>();
  #chunks: Chunk[] = [];
  #latest = 0;
  #bytes = 0;

  constructor({ epoch, limits, now }: JournalOptions) {
    this.epoch = epoch;
    this.#limits = limits;
    this.#now = now;
  }

  get first(): number {
    return this.#chunks[0]?.first ?? this.#latest + 1;
  }

  get latest(): number {
    return this.#latest;
  }

  get standing(): readonly SocketState[] {
    return [...this.#standing.values()];
  }

  /** Numbers and dates a fact and keeps a copy of its bytes. */
  append(body: EventBody): SocketEvent {
    const event: SocketEvent = { ...body, seq: this.#latest + 1, time: this.#now() };
    const room = roomFor(event);
    const chunk = this.#chunkWith(room, event.seq);
    chunk.append((into, at) => writeRecord(event, into, at));
    this.#latest = event.seq;
    this.#evict();
    for (const listener of this.#listeners) listener(event.seq);
    return event;
  }

  event(seq: number): SocketEvent | null {
    const record = this.#record(seq);
    return record && (readRecord(record.slice(), 0)?.event ?? null);
  }

  gapAt(cursor: number): Gap | null {
    if (cursor >= this.first) return null;
    return { type: 'gap', from: cursor, to: this.first - 1, reason: 'memory-limit' };
  }

  batch(cursor: number, mostBytes: number, payloadBytes: number): Batch | null {
    const records: Uint8Array[] = [];
    let length = 0;
    for (let seq = cursor; seq <= this.#latest; seq += 1) {
      const record = this.#record(seq);
      if (record === null) break;
      const cut = cutLength(record, payloadBytes);
      if (length > 0 && length + cut > mostBytes) break;
      records.push(record);
      length += cut;
    }
    if (records.length === 0) return null;
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const record of records) at += copyCut(record, payloadBytes, bytes, at);
    return { bytes, next: cursor + records.length };
  }

  subscribe(listener: (seq: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #record(seq: number): Uint8Array | null {
    return this.#chunkOf(seq)?.record(seq) ?? null;
  }

  /** Chunks are in order of their first event: the last one that starts at or before `seq`. */
  #chunkOf(seq: number): Chunk | null {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle]?.first ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return this.#chunks[low - 1] ?? null;
  }

  #chunkWith(room: number, seq: number): Chunk {
    const last = this.#chunks.at(-1);
    if (last && last.free >= room) return last;
    const chunk = new Chunk(seq, Math.max(room, this.#limits.chunkBytes));
    this.#chunks.push(chunk);
    this.#bytes += chunk.capacity;
    return chunk;
  }

  /** The newest chunk always stays, so that what just happened can be read. */
  #evict(): void {
    const { journalBytes, journalEvents } = this.#limits;
    while (
      this.#chunks.length > 1 &&
      (this.#bytes > journalBytes || this.#latest - this.first >= journalEvents)
    ) {
      const [oldest] = this.#chunks.splice(0, 1);
      this.#bytes -= oldest?.capacity ?? 0;
      if (oldest) this.#outlive(oldest);
    }
  }

  /** Events go, what they came to stays. */
  #outlive(chunk: Chunk): void {
    for (const record of chunk.records()) {
      const event = readRecord(record, 0)?.event;
      if (event) applyTo(this.#standing, event);
      if (event?.type === 'closed') this.#standing.delete(event.socket);
    }
  }
}
