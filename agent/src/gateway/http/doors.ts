/**
 * What reaches the agent's port beside requests: CONNECT, and bytes that are no HTTP. Node hands these over as bare
 * connections; each gets one answer and an end here, so that none is left open.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { problemOfConnection } from './errors.ts';
import type { UnderWay } from './under-way.ts';

/** Answers a bare connection with a problem and closes it. */
export type Refuse = (connection: Duplex, reason: Problem) => void;

const noTunnel = problem('bad-request', {
  message: 'CONNECT is for proxies, and this is none.',
  hint: 'GET /api/openapi.json lists every route.',
});

export function openDoors(server: Server, refuse: Refuse, underWay: UnderWay): void {
  const isWaitedFor = (connection: Duplex) => underWay.of(connection).size > 0;
  server.on('connect', (_request: IncomingMessage, connection: Duplex) => {
    if (isWaitedFor(connection)) connection.destroy();
    else refuse(connection, noTunnel);
  });
  // Node lets go of such a connection: nothing would ever end the answers that are under way on it.
  server.prependListener('upgrade', (_request: IncomingMessage, connection: Duplex) => {
    if (isWaitedFor(connection)) connection.destroy();
  });
  // Only 100-continue means something here, and Node answers that; others may be passed over (RFC 9110 §10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * The same for bytes that never became a request. One answer, however many complaints the parser has, none before or in
 * the middle of the answers to what came before, and none behind the answer to a request whose body never came.
 */
export function refuseGarbage(server: Server, refuse: Refuse, underWay: UnderWay): void {
  const refused = new WeakSet<Duplex>();
  const newest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => newest.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, connection) => {
    if (refused.has(connection)) return;
    refused.add(connection);
    const responses = [...underWay.of(connection)];
    if (error.code === 'ECONNRESET' || responses.some(isTalking) || isAnswered(newest.get(connection)))
      connection.destroy();
    else
      whenAnswered(responses, () => {
        // The last of the answers may have ended the connection.
        if (!connection.writableEnded) refuse(connection, problemOfConnection(error.code));
      });
  });
}

const isTalking = (response: ServerResponse): boolean => response.headersSent && !response.writableEnded;

/** The whole answer was given before the whole request was there: it was refused. */
const isAnswered = (response: ServerResponse | undefined): boolean =>
  response?.writableEnded === true && !response.req.complete;

/** Whoever sends several requests at once gets an answer to each that is whole (RFC 9112 §9.3.2). */
function whenAnswered(responses: readonly ServerResponse[], then: () => void): void {
  const waiting = new Set(responses.filter(({ req }) => req.complete));
  if (waiting.size === 0) return then();
  for (const response of waiting)
    response.once('close', () => {
      waiting.delete(response);
      if (waiting.size === 0) then();
    });
}
