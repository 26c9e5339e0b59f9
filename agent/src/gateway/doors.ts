/**
 * What reaches the agent's port beside ordinary requests: upgrades, CONNECT, bytes that are no HTTP. Node hands these
 * over as bare connections; each gets one answer and an end here, so that none is left open. They do not pass through
 * the hooks of ordinary requests: a hook that answers a refused upgrade would leave its connection behind.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problems.ts';
import { problemOfConnection } from './errors.ts';
import { checkUpgrade } from './guard.ts';
import type { Links } from './links.ts';
import type { OwnNames } from './names.ts';

/** Answers a bare connection with a problem and closes it. */
type Refuse = (connection: Duplex, reason: Problem) => void;

interface DoorDeps {
  readonly names: OwnNames;
  readonly links: Links;
  readonly refuse: Refuse;
}

/** The only path that upgrades. */
const linkPath = '/ws';

const notHere = problem('bad-request', {
  message: 'Only GET /ws can be upgraded, and only to a WebSocket.',
  hint: 'Send the request without an Upgrade header.',
});

export function openDoors(server: Server, { names, links, refuse }: DoorDeps): void {
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const refusal = checkUpgrade(request, names) ?? (request.url === linkPath ? links.refusal() : notHere);
    if (refusal) refuse(connection, refusal);
    else links.welcome(request, connection, head);
  });
  server.on('connect', (_request: IncomingMessage, connection: Duplex) => refuse(connection, notHere));
  // Only 100-continue means something here, and Node answers that; others may be passed over (RFC 9110 §10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * The same for bytes that never became a request. One answer, however many complaints the parser has, and none in the
 * middle of another answer.
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
    if (error.code === 'ECONNRESET' || isTalking) connection.destroy();
    else refuse(connection, problemOfConnection(error.code));
  });
}
