import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JournalReader } from '../journal/journal.ts';
import { eventLines } from './event-lines.ts';

interface FollowerLimits {
  readonly eventPieceBytes: number;
  readonly followers: number;
}

/** Everyone who reads `/api/events`: written to as fast as they read, ended together. */
export class Followers {
  readonly #journal: JournalReader;
  readonly #limits: FollowerLimits;
  readonly #open = new Map<AbortController, Promise<void>>();

  constructor(journal: JournalReader, limits: FollowerLimits) {
    this.#journal = journal;
    this.#limits = limits;
  }

  get full(): boolean {
    return this.#open.size >= this.#limits.followers;
  }

  /** Writes events to a response whose head is sent, until they end, the client leaves, or `close` is called. */
  serve(response: ServerResponse, wanted: { from: number; follow: boolean }): void {
    const stop = new AbortController();
    response.once('close', () => stop.abort());
    const lines = eventLines(this.#journal, {
      ...wanted,
      signal: stop.signal,
      pieceBytes: this.#limits.eventPieceBytes,
    });
    // A client may leave at any time: that is its way to stop following.
    const done = pipeline(Readable.from(lines), response).catch(() => response.destroy());
    this.#open.set(
      stop,
      done.then(() => void this.#open.delete(stop)),
    );
  }

  /** Ends every response after a whole line; settles when the last one has taken its end. */
  async close(): Promise<void> {
    for (const stop of this.#open.keys()) stop.abort();
    await Promise.all(this.#open.values());
  }
}
