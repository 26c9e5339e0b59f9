import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Writer } from '@socket-playground/shared/recording/export/writer.ts';
import type { EventSource } from '../journal/source.ts';
import { ProblemError } from './errors.ts';
import { hasLeft } from './has-left.ts';
import { written } from './written.ts';

export interface Wanted {
  readonly source: EventSource;
  readonly writer: Writer;
  readonly from: number;
  readonly follow: boolean;
}

/** Everyone who reads events or a session over HTTP: written to as fast as they read, ended together. */
export class Followers {
  readonly #most: number;
  readonly #onBug: (error: unknown) => void;
  readonly #open = new Map<AbortController, Promise<void>>();
  #taken = 0;

  constructor(most: number, onBug: (error: unknown) => void) {
    this.#most = most;
    this.#onBug = onBug;
  }

  /**
   * Takes a place for one reader, before anything is done for it: what it reads may take long to open. Answers what gives
   * the place back. Throws when all are taken.
   */
  enter(): () => void {
    if (this.#taken >= this.#most)
      throw new ProblemError(problem('too-many-followers', { most: this.#most }));
    this.#taken += 1;
    return () => void (this.#taken -= 1);
  }

  /** Writes to a response whose head is sent, until the events end, the client leaves, or `close` is called. */
  serve(response: ServerResponse, { source, writer, from, follow }: Wanted): Promise<void> {
    const stop = new AbortController();
    response.once('close', () => stop.abort());
    if (follow) response.socket?.once('end', () => stop.abort());
    if (follow && hasLeft(response)) stop.abort();
    const pieces = written(source, writer, { from, follow, signal: stop.signal });
    const done = pipeline(Readable.from(pieces), response)
      .catch((error: unknown) => this.#broke(error, response))
      .finally(() => this.#open.delete(stop));
    this.#open.set(stop, done);
    return done;
  }

  /** Ends every response after a whole line; settles when the last one has taken its end. */
  async close(): Promise<void> {
    for (const stop of this.#open.keys()) stop.abort();
    await Promise.all(this.#open.values());
  }

  /** A client may leave at any time: that is its way to stop following. Anything else is a bug. */
  #broke(error: unknown, response: ServerResponse): void {
    response.destroy();
    const left = error instanceof Error && 'code' in error && leaving.has(String(error.code));
    if (!left) this.#onBug(error);
  }
}

const leaving = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ABORT_ERR', 'ECANCELED']);
