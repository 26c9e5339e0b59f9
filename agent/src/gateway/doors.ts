/**
 * What reaches the agent's port beside ordinary requests: upgrades, CONNECT, bytes that are no HTTP. Node hands these
 * over as bare connections; each gets one answer and an end here, so that none is left open.
 */
import type { IncomingMessage, Server } from 'node:http';
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

/** The same for bytes that never became a request. One answer, however many complaints the parser has. */
export function refuseGarbage(refuse: Refuse): (error: NodeJS.ErrnoException, connection: Duplex) => void {
  const answered = new WeakSet<Duplex>();
  return (error, connection) => {
    if (answered.has(connection)) return;
    answered.add(connection);
    if (error.code === 'ECONNRESET') connection.destroy();
    else refuse(connection, problemOfConnection(error.code));
  };
}
