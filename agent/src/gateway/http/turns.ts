/**
 * When requests begin that a client sends one behind the other without waiting for answers. Those that wait begin with
 * their turn to be answered: begun all at once, those of one connection that reads nothing would open a file each.
 */
import type { Socket } from 'node:net';
import type { ServerResponse } from 'node:http';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { UnderWay } from './under-way.ts';

/** Begins a request, or refuses it and lets its connection end behind that answer. */
type Begin = (refusal: Problem | null) => void;

export class Turns {
  readonly #underWay: UnderWay;
  readonly #most: number;
  readonly #ending = new WeakSet<Socket>();

  /** `most`: requests of one connection that are not answered yet. */
  constructor(underWay: UnderWay, most: number) {
    this.#underWay = underWay;
    this.#most = most;
  }

  /** The first request too many is refused, behind the answers to all before it. None behind it begins, and with as many again the connection is cut. */
  take(connection: Socket, response: ServerResponse, waits: boolean, begin: Begin): void {
    const { size } = this.#underWay.of(connection);
    if (size > 2 * this.#most) connection.destroy();
    if (this.#ending.has(connection)) return;
    if (size > this.#most) {
      this.#ending.add(connection);
      begin(problem('too-many-requests', { most: this.#most }));
    } else if (!waits || response.socket !== null) begin(null);
    else
      // Not in Node's documents: told when a response may be written. One that its connection ends before never gets there.
      response.once('socket', () => {
        if (connection.writable) begin(null);
      });
  }
}
