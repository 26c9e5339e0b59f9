/**
 * The pages' WebSocket connections. A link is silent until its `hello`, then a page; it is forgotten the moment it
 * closes.
 */
import { hostname, platform } from 'node:os';
import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from '@fastify/websocket';
import type { RawData } from 'ws';
import type { Capability } from '@socket-playground/shared/capability.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Hello, Outcome } from '@socket-playground/shared/wire/messages.ts';
import { limits } from '../../limits.ts';
import type { Playground } from '../../playground.ts';
import { current } from '../../sessions/sessions.ts';
import type { OpenSession } from '../../sessions/sessions.ts';
import { ownAddresses } from './addresses.ts';
import { goodbyes, readGreeting } from './greeting.ts';
import type { Goodbye } from './greeting.ts';
import { readMessage } from './message.ts';
import { Outbox } from './outbox.ts';
import { Page } from './page-link.ts';

export interface LinksDeps {
  readonly playground: Playground;
  /** The outbox of the running session, which all its pages share. */
  readonly outbox: Outbox;
  readonly version: string;
  readonly expose: boolean;
  readonly can: Capability[];
  readonly log: FastifyBaseLogger;
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
    return this.#silent.size < limits.silentLinks
      ? null
      : problem('too-many-links', { most: limits.silentLinks });
  }

  /** Tells every page that the agent leaves; settles when all links are gone, at the latest after `goodbyeMs`. */
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
    const isShort = Buffer.isBuffer(data) && data.length <= limits.helloBytes;
    const greeting = readGreeting(isShort ? readMessage(data, isBinary) : null, this.#deps.isToken);
    if (!greeting.ok) hangUp(socket, greeting.goodbye);
    else if (this.#pages.size >= limits.pages) hangUp(socket, goodbyes.tooMany);
    else void this.#open(socket, greeting.hello);
  }

  /**
   * A kept session is read through before its page hears of it: until then nothing more is read from the page. What came
   * together with its hello is heard right afterwards.
   */
  async #open(socket: WebSocket, hello: Hello): Promise<void> {
    this.#pages.add(socket);
    socket.once('close', () => this.#pages.delete(socket));
    const early: unknown[] = [];
    const keep = (data: RawData, isBinary: boolean) => early.push(readMessage(data, isBinary));
    socket.on('message', keep);
    socket.pause();
    const session = await this.#sessionFor(hello);
    socket.off('message', keep);
    socket.resume();
    if (session === null) hangUp(socket, goodbyes.noSession);
    else if (socket.readyState !== socket.OPEN) await session.close();
    else this.#attach(socket, session, hello, early);
  }

  async #sessionFor({ session: id = current }: Hello): Promise<OpenSession | null> {
    try {
      return await this.#deps.playground.sessions.open(id);
    } catch (error) {
      this.#deps.log.error({ err: error }, 'a session could not be read');
      return null;
    }
  }

  #attach(socket: WebSocket, session: OpenSession, hello: Hello, early: readonly unknown[]): void {
    const { playground, outbox, log, version, expose, can } = this.#deps;
    const isRunning = session.source === playground.journal;
    const page = new Page(socket, hello, {
      session,
      outbox: isRunning ? outbox : new Outbox(session.source, limits, () => performance.now()),
      host: { version, addresses: ownAddresses(), hostname: hostname(), platform: platform(), expose, can },
      execute: isRunning ? (command) => playground.execute(command) : nothingRuns,
      kernel: isRunning ? (sockets) => playground.kernel(sockets) : nothingSeen,
      log,
    });
    const receive = (message: unknown) => {
      if (socket.readyState !== socket.OPEN) return;
      const goodbye = page.receive(message);
      if (goodbye) hangUp(socket, goodbye);
    };
    for (const message of early) receive(message);
    socket.on('message', (data, isBinary) => receive(readMessage(data, isBinary)));
    socket.once('close', () => {
      page.leave();
      void session.close();
    });
  }
}

const nothingRuns = (): Promise<Outcome> =>
  Promise.resolve({ ok: false, problem: problem('recording', null) });

const nothingSeen = (): Promise<KernelView> => Promise.resolve({ available: false, reason: 'recording' });

function hangUp(socket: WebSocket, { code, reason }: Goodbye): void {
  socket.close(code, reason);
}
