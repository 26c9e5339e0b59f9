/**
 * Keeps the agent's own port from taking the last descriptors: libuv closes whoever waits when none is left, without a
 * word (see `sockets/accept-gate.ts`). Whoever calls just before that is told why nobody is let in.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { limits } from '../../limits.ts';
import type { Playground } from '../../playground.ts';

/** Below this a connection is closed at once: to answer it takes time, and meanwhile the next one comes. */
const fewestForAnswer = 2;

export class LastDescriptors {
  readonly #playground: Playground;
  readonly #log: FastifyBaseLogger;
  readonly #refused = new WeakMap<Socket, Problem>();
  #saidAtMs = Number.NEGATIVE_INFINITY;

  constructor(playground: Playground, log: FastifyBaseLogger) {
    this.#playground = playground;
    this.#log = log;
  }

  watch(server: Server): void {
    server.on('connection', (connection) => this.#arrived(connection));
  }

  /** Why this request is not served, or null. */
  refusal({ socket }: IncomingMessage): Problem | null {
    return this.#refused.get(socket) ?? null;
  }

  #arrived(connection: Socket): void {
    const { left, most } = this.#playground.tookDescriptor();
    if (left >= limits.lastDescriptors) return;
    const refused = problem('few-descriptors', { left, most });
    this.#say(refused);
    if (left < fewestForAnswer) connection.destroy();
    else this.#refused.set(connection, refused);
  }

  #say({ code, message, hint }: Problem): void {
    const nowMs = performance.now();
    if (nowMs - this.#saidAtMs < limits.descriptorWarnMs) return;
    this.#saidAtMs = nowMs;
    this.#log.warn({ code, hint }, message);
  }
}
