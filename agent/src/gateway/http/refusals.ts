import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { statusOf } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { ProblemError, problemOfError } from './errors.ts';
import { securityHeaders } from './headers.ts';

const json = 'application/json; charset=utf-8';

/**
 * How every refusal is spelled: `{"ok":false,"problem":{…}}`, whoever refuses. A problem may quote what was asked for;
 * a token in it is blotted out, so that no response ever carries one.
 */
export class Refusals {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  body(problem: Problem): string {
    return JSON.stringify({ ok: false, problem }).replaceAll(this.#token, '[token]');
  }

  /** Answers a request that ran into an error with the problem it stands for. */
  send(error: FastifyError | ProblemError, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOfError(error);
    const status = statusOf(problem);
    if (problem.code === 'internal')
      request.log.error({ err: error }, 'a request failed in an unforeseen way');
    // A body that is not wanted is read to its end: closing on it would reset the connection, answer and all.
    // Taking away what is not there would make Node forget that the client has sent FIN.
    if (reply.hasHeader('Connection')) reply.removeHeader('Connection');
    if (error instanceof ProblemError && error.closes) reply.header('Connection', 'close');
    reply.code(status).type(json).send(this.body(problem));
  }

  /** A whole HTTP/1.1 response, for connections that have no response object. It is the last one on its connection. */
  response(problem: Problem): Buffer {
    const status = statusOf(problem);
    const body = Buffer.from(this.body(problem));
    const headers = {
      ...securityHeaders(),
      'Content-Type': json,
      'Content-Length': String(body.length),
      Connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([
      Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`),
      body,
    ]);
  }
}
