/**
 * What reaches the agent's port beside requests: CONNECT, and bytes that are no HTTP. Node hands these over as bare
 * connections; each gets one answer and an end here, so that none is left open.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { problemOfConnection } from './errors.ts';

/** Answers a bare connection with a problem and closes it. */
export type Refuse = (connection: Duplex, reason: Problem) => void;

const noTunnel = problem('bad-request', {
  message: 'CONNECT is for proxies, and this is none.',
  hint: 'GET /api/openapi.json lists every route.',
});

export function openDoors(server: Server, refuse: Refuse): void {
  server.on('connect', (_request: IncomingMessage, connection: Duplex) => refuse(connection, noTunnel));
  // Only 100-continue means something here, and Node answers that; others may be passed over (RFC 9110 §10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * The same for bytes that never became a request. One answer, however many complaints the parser has, none in the middle
 * of another answer, and none behind the answer to a request whose body never came.
 */
export function refuseGarbage(server: Server, refuse: Refuse): void {
  const refused = new WeakSet<Duplex>();
  const underWay = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => underWay.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, connection) => {
    if (refused.has(connection)) return;
    refused.add(connection);
    const response = underWay.get(connection);
    const isTalking = response?.headersSent === true && !response.writableEnded;
    if (error.code === 'ECONNRESET' || isTalking || isAnswered(response)) connection.destroy();
    else refuse(connection, problemOfConnection(error.code));
  });
}

/** The whole answer was given before the whole request was there: it was refused. */
const isAnswered = (response: ServerResponse | undefined): boolean =>
  response?.writableEnded === true && !response.req.complete;
