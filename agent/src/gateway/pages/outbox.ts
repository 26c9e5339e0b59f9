/**
 * Brings a session's events to the pages. Each page has a cursor and credit in bytes, and gets every event from its cursor
 * on, in order, or a gap. One flush serves all pages, at most every `flushMs`. In a flood flushes are rarer: nobody can
 * read that fast, and each flush takes time from the sockets that share its cores. A page that does not read only falls
 * behind: no more than one batch is buffered for it, and what memory no longer holds is read from disk when it asks again.
 */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { endOf } from '@socket-playground/shared/recording/stretch.ts';
import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { EventSource } from '../../journal/source.ts';
import { nextStretch } from '../../sessions/walk.ts';

interface OutboxLimits {
  readonly flushMs: number;
  /** The same while so many bytes or events come each millisecond. */
  readonly floodFlushMs: number;
  readonly floodBytesPerMs: number;
  readonly floodEventsPerMs: number;
  readonly batchBytes: number;
  readonly batchEvents: number;
  readonly livePayloadBytes: number;
  readonly creditBytes: number;
  readonly linkQueueBytes: number;
}

/** Where batches go: one page's connection. */
export interface Recipient {
  /** Bytes handed over that the kernel has not taken. */
  readonly queued: number;
  /** Events are missing; `standing` are the sockets that were open at the end of the gap, null when that is not known. */
  gap(gap: Gap, standing: readonly SocketState[] | null): void;
  /** `taken` is called when the kernel has taken them. */
  batch(bytes: Uint8Array, taken: () => void): void;
}

export interface Subscription {
  /** The page can take this many more bytes. */
  grant(bytes: number): void;
  end(): void;
}

interface Reader {
  readonly recipient: Recipient;
  cursor: number;
  credit: number;
  /** Bytes it got since the last round ended, and the first event of them. */
  taken: number;
  since: number;
  /** What comes next is being read from disk. */
  isReading: boolean;
}

export class Outbox {
  readonly #source: EventSource;
  readonly #limits: OutboxLimits;
  /** Milliseconds, monotonic. */
  readonly #now: () => number;
  readonly #readers = new Set<Reader>();
  #unsubscribe: (() => void) | null = null;
  #cancel: (() => void) | null = null;
  /** When everybody had got what they could take, and how long nobody gets anything after that. */
  #roundAt = -Infinity;
  #pauseMs = 0;

  constructor(source: EventSource, limits: OutboxLimits, now: () => number) {
    this.#source = source;
    this.#limits = limits;
    this.#now = now;
  }

  /** Without credit nothing is sent: the page grants some when it is ready. */
  add(recipient: Recipient, cursor: number): Subscription {
    const reader = { recipient, cursor, credit: 0, taken: 0, since: cursor, isReading: false };
    this.#readers.add(reader);
    this.#unsubscribe ??= this.#source.subscribe(() => this.#schedule());
    return {
      grant: (bytes) => {
        reader.credit = Math.min(reader.credit + bytes, this.#limits.creditBytes);
        this.#schedule();
      },
      end: () => this.#remove(reader),
    };
  }

  /** Sends at once what can be sent: for the last words before the end. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    let anyoneWaits = false;
    for (const reader of this.#readers) anyoneWaits = this.#advance(reader) || anyoneWaits;
    if (anyoneWaits) this.#schedule(0);
    else this.#endRound();
  }

  /** The long pause of a flood is for pages that are up to date. One that is behind gets what is there without it. */
  #endRound(): void {
    const { flushMs, floodFlushMs, floodBytesPerMs, floodEventsPerMs } = this.#limits;
    const now = this.#now();
    const roundMs = Math.max(now - this.#roundAt, flushMs);
    const readers = [...this.#readers];
    const isFlood = readers.some(
      ({ taken, since, cursor }) =>
        taken > floodBytesPerMs * roundMs || cursor - since > floodEventsPerMs * roundMs,
    );
    const isLive = readers.every(({ cursor }) => cursor > this.#source.latest);
    this.#pauseMs = isFlood && isLive ? floodFlushMs : flushMs;
    this.#roundAt = now;
    for (const reader of readers) [reader.taken, reader.since] = [0, reader.cursor];
  }

  #remove(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(delayMs = this.#roundAt + this.#pauseMs - this.#now()): void {
    if (this.#cancel || this.#readers.size === 0) return;
    if (delayMs > 0) {
      const timer = setTimeout(() => this.flush(), delayMs);
      this.#cancel = () => clearTimeout(timer);
    } else {
      const turn = setImmediate(() => this.flush());
      this.#cancel = () => clearImmediate(turn);
    }
  }

  /** Whether there is something for this reader that it can take. */
  #canTake({ recipient, cursor, credit, isReading }: Reader): boolean {
    const hasRoom = credit > 0 && recipient.queued < this.#limits.linkQueueBytes;
    return hasRoom && !isReading && cursor <= this.#source.latest;
  }

  /** Sends one reader at most one batch. True when it could take more right now. */
  #advance(reader: Reader): boolean {
    if (!this.#canTake(reader)) return false;
    const { cursor } = reader;
    const block = this.#source.gapAt(cursor) ? null : this.#source.blockOf(cursor);
    if (block === null || block instanceof Promise) {
      void this.#read(reader);
      return false;
    }
    this.#send(reader, block, this.#source.latest);
    return this.#canTake(reader);
  }

  /** What is not in memory: meanwhile the others get theirs. */
  async #read(reader: Reader): Promise<void> {
    reader.isReading = true;
    const stretch = await nextStretch(this.#source, reader.cursor, this.#source.latest);
    reader.isReading = false;
    if (stretch === null || !this.#readers.has(reader)) return;
    this.#deliver(reader, stretch);
    this.#schedule(0);
  }

  #deliver(reader: Reader, stretch: Stretch): void {
    if (stretch.kind === 'events') {
      this.#send(reader, stretch.block, stretch.to);
    } else {
      reader.recipient.gap(stretch.gap, stretch.standing);
      reader.cursor = endOf(stretch) + 1;
    }
  }

  #send(reader: Reader, block: Block, to: number): void {
    const { batchBytes, batchEvents, livePayloadBytes } = this.#limits;
    const bytes = Math.min(reader.credit, batchBytes);
    const caps = { bytes, events: batchEvents, dataBytes: livePayloadBytes };
    const batch = block.batch(reader.cursor, to, caps);
    if (batch === null) return;
    reader.cursor = batch.next;
    reader.credit -= batch.bytes.length;
    reader.taken += batch.bytes.length;
    reader.recipient.batch(batch.bytes, () => this.#schedule());
  }
}
