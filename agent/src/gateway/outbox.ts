/**
 * Brings the journal to the pages: each has a cursor and credit in bytes, and gets every event from its cursor on in
 * order, or a gap. One flush at most every `flushMs` serves all of them. A page that does not read is only behind:
 * nothing is buffered for it beyond one batch.
 */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { JournalReader } from '../journal/journal.ts';

interface OutboxLimits {
  readonly flushMs: number;
  readonly batchBytes: number;
  readonly livePayloadBytes: number;
  readonly creditBytes: number;
  readonly linkQueueBytes: number;
}

/** Where records go: one page's connection. */
export interface Recipient {
  /** Bytes handed over that the kernel has not taken. */
  readonly queued: number;
  /** Events are missing; `standing` are the sockets that were open at the end of the gap. */
  gap(gap: Gap, standing: readonly SocketState[]): void;
  /** `taken` is called when the kernel has taken them. */
  records(bytes: Uint8Array, taken: () => void): void;
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
}

export class Outbox {
  readonly #journal: JournalReader;
  readonly #limits: OutboxLimits;
  /** Milliseconds, monotonic. */
  readonly #now: () => number;
  readonly #readers = new Set<Reader>();
  #unsubscribe: (() => void) | null = null;
  #cancel: (() => void) | null = null;
  #flushedAt = -Infinity;

  constructor(journal: JournalReader, limits: OutboxLimits, now: () => number) {
    this.#journal = journal;
    this.#limits = limits;
    this.#now = now;
  }

  /** Without credit nothing is sent: the page grants some when it is ready. */
  add(recipient: Recipient, cursor: number): Subscription {
    const reader = { recipient, cursor, credit: 0 };
    this.#readers.add(reader);
    this.#unsubscribe ??= this.#journal.subscribe(() => this.#schedule());
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
    this.#flushedAt = this.#now();
    let anyoneWaits = false;
    for (const reader of this.#readers) anyoneWaits = this.#advance(reader) || anyoneWaits;
    if (anyoneWaits) this.#schedule(0);
  }

  #remove(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(delayMs = this.#flushedAt + this.#limits.flushMs - this.#now()): void {
    if (this.#cancel || this.#readers.size === 0) return;
    if (delayMs > 0) {
      const timer = setTimeout(() => this.flush(), delayMs);
      this.#cancel = () => clearTimeout(timer);
    } else {
      const turn = setImmediate(() => this.flush());
      this.#cancel = () => clearImmediate(turn);
    }
  }

  #canTake({ recipient, credit }: Reader): boolean {
    return credit > 0 && recipient.queued < this.#limits.linkQueueBytes;
  }

  /** Sends one reader at most one batch. True when it could take more right now. */
  #advance(reader: Reader): boolean {
    if (!this.#canTake(reader)) return false;
    const gap = this.#journal.gapAt(reader.cursor);
    if (gap) {
      reader.recipient.gap(gap, this.#journal.standing);
      reader.cursor = gap.to + 1;
    }
    const { batchBytes, livePayloadBytes } = this.#limits;
    const batch = this.#journal.batch(reader.cursor, Math.min(reader.credit, batchBytes), livePayloadBytes);
    if (batch === null) return false;
    reader.cursor = batch.next;
    reader.credit -= batch.bytes.length;
    reader.recipient.records(batch.bytes, () => this.#schedule());
    return reader.cursor <= this.#journal.latest && this.#canTake(reader);
  }
}
