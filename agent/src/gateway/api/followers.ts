import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Writer } from '@socket-playground/shared/recording/export/writer.ts';
import { errorCode } from '../../error-code.ts';
import type { EventSource } from '../../journal/source.ts';
import { ProblemError } from '../http/errors.ts';
import { written } from './written.ts';

export interface Wanted {
  readonly source: EventSource;
  readonly writer: Writer;
  readonly from: number;
  readonly follow: boolean;
}

/** One response on its way. */
interface Serving {
  readonly connection: Socket;
  readonly follow: boolean;
  /** Its connection is over: it gets no further. */
  readonly lose: () => void;
  /** Settles when it has taken its end, or gets no further. */
  readonly done: Promise<void>;
}

/** Everyone who reads events or a session over HTTP: written to as fast as they read, ended together. */
export class Followers {
  readonly #most: number;
  readonly #onBug: (error: unknown) => void;
  readonly #open = new Map<AbortController, Serving>();
  readonly #watched = new WeakSet<Socket>();
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

  /**
   * Writes to a response whose head is sent, until the events end, its connection does, or `close` is called. One that
   * follows ends when its client sends FIN: nobody could tell it from one that left, and nothing may ever be written.
   */
  serve(response: ServerResponse, { source, writer, from, follow }: Wanted): Promise<void> {
    const { socket: connection } = response.req;
    const stop = new AbortController();
    const pieces = Readable.from(written(source, writer, { from, follow, signal: stop.signal }));
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    const done = Promise.race([pipeline(pieces, response), lost])
      .catch((error: unknown) => this.#broke(error, response))
      .finally(() => {
        pieces.destroy();
        this.#open.delete(stop);
      });
    this.#open.set(stop, { connection, follow, lose, done });
    this.#watch(connection);
    if (connection.destroyed) this.#lose(connection);
    else if (connection.readableEnded) this.#endFollowers(connection);
    return done;
  }

  /** Ends every response after a whole line; settles when the last one has taken its end. */
  async close(): Promise<void> {
    for (const stop of this.#open.keys()) stop.abort();
    await Promise.all([...this.#open.values()].map(({ done }) => done));
  }

  /** Once for each connection, however many responses wait on it: those behind the first hear nothing of it by themselves. */
  #watch(connection: Socket): void {
    if (this.#watched.has(connection)) return;
    this.#watched.add(connection);
    connection.once('end', () => this.#endFollowers(connection));
    connection.once('close', () => this.#lose(connection));
  }

  #endFollowers(connection: Socket): void {
    for (const [stop, serving] of this.#open)
      if (serving.connection === connection && serving.follow) stop.abort();
  }

  #lose(connection: Socket): void {
    for (const [stop, serving] of this.#open) {
      if (serving.connection !== connection) continue;
      stop.abort();
      serving.lose();
    }
  }

  /** A client may leave at any time: that is its way to stop following. Anything else is a bug. */
  #broke(error: unknown, response: ServerResponse): void {
    response.destroy();
    if (!leaving.has(errorCode(error) ?? '')) this.#onBug(error);
  }
}

const leaving = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ABORT_ERR', 'ECANCELED']);
