/**
 * The pages' WebSocket connections. A link is silent until its `hello`, then a page; it is forgotten the moment it
 * closes.
 */
import type { WebSocket } from '@fastify/websocket';
import type { RawData } from 'ws';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problems.ts';
import { limits } from '../limits.ts';
import { goodbyes, readGreeting } from './greeting.ts';
import type { Goodbye } from './greeting.ts';
import { readMessage } from './message.ts';
import type { Outbox } from './outbox.ts';
import { Page } from './page-link.ts';
import type { PageDeps } from './page-link.ts';

export interface LinksDeps extends PageDeps {
  readonly outbox: Outbox;
  readonly isToken: (candidate: string) => boolean;
}

export class Links {
  readonly #deps: LinksDeps;
  readonly #silent = new Set<WebSocket>();
  readonly #pages = new Set<WebSocket>();

  constructor(deps: LinksDeps) {
    this.#deps = deps;
  }

  /** Why no further link is taken, or null. */
  refusal(): Problem | null {
    return this.#silent.size < limits.silentLinks ? null : problem('too-many-pages', { most: limits.pages });
  }

  /** Tells every page that the agent leaves; settles when all links are gone, at the latest after the linger time. */
  async close(): Promise<void> {
    this.#deps.outbox.flush();
    const open = [...this.#silent, ...this.#pages];
    const gone = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of open) hangUp(socket, goodbyes.leaving);
    await Promise.all(gone);
  }

  /** Takes a fresh link: it has a moment to say `hello`. */
  welcome(socket: WebSocket): void {
    this.#silent.add(socket);
    const deadline = setTimeout(() => hangUp(socket, goodbyes.refused), limits.helloMs);
    socket.once('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      clearTimeout(deadline);
      this.#silent.delete(socket);
      this.#greet(socket, data, isBinary);
    });
    socket.once('close', () => {
      clearTimeout(deadline);
      this.#silent.delete(socket);
    });
  }

  #greet(socket: WebSocket, data: RawData, isBinary: boolean): void {
    const greeting = readGreeting(readMessage(data, isBinary), this.#deps.isToken);
    if (!greeting.ok) hangUp(socket, greeting.goodbye);
    else if (this.#pages.size >= limits.pages) hangUp(socket, goodbyes.tooMany);
    else this.#attach(socket, new Page(socket, greeting.hello, this.#deps));
  }

  #attach(socket: WebSocket, page: Page): void {
    this.#pages.add(socket);
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      const goodbye = page.receive(readMessage(data, isBinary));
      if (goodbye) hangUp(socket, goodbye);
    });
    socket.once('close', () => {
      this.#pages.delete(socket);
      page.leave();
    });
  }
}

function hangUp(socket: WebSocket, { code, reason }: Goodbye): void {
  socket.close(code, reason);
}
