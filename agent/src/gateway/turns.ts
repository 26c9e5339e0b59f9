/**
 * Requests that a client sends one behind the other without waiting for answers (RFC 9112 §9.3.2), which they get in that
 * order. Some begin only when all before them have been answered: begun all at once, those of one connection that reads
 * nothing would open a file each.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Turn {
  readonly begin: () => void;
  hasBegun: boolean;
}

export class Turns {
  readonly #most: number;
  readonly #queues = new WeakMap<Socket, Turn[]>();

  /** `most`: requests of one connection at a time. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Calls `begin`, at once unless it `waits`. A connection with too many is cut: an answer would come behind all others. */
  take(connection: Socket, response: ServerResponse, waits: boolean, begin: () => void): void {
    const queue = this.#queues.get(connection) ?? [];
    this.#queues.set(connection, queue);
    if (queue.length >= this.#most) {
      connection.destroy();
      return;
    }
    const turn = { begin, hasBegun: false };
    queue.push(turn);
    response.once('close', () => {
      queue.splice(queue.indexOf(turn), 1);
      // On a connection that is gone nobody would ever hear that the next one is over.
      if (!connection.destroyed) start(queue[0]);
    });
    if (!waits || queue[0] === turn) start(turn);
  }
}

function start(turn: Turn | undefined): void {
  if (turn === undefined || turn.hasBegun) return;
  turn.hasBegun = true;
  turn.begin();
}
