/**
 * Which answers of a connection are not over yet: a client may send requests one behind the other without waiting for
 * any, and gets the answers in that order (RFC 9112 §9.3.2).
 */
import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const none: ReadonlySet<ServerResponse> = new Set();

export class UnderWay {
  readonly #responses = new WeakMap<Duplex, Set<ServerResponse>>();

  constructor(server: Server) {
    server.prependListener('request', ({ socket }, response) => {
      const all = this.#responses.get(socket) ?? new Set();
      this.#responses.set(socket, all.add(response));
      response.once('close', () => all.delete(response));
    });
  }

  of(connection: Duplex): ReadonlySet<ServerResponse> {
    return this.#responses.get(connection) ?? none;
  }
}
