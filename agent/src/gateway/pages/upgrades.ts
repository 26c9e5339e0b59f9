/**
 * The one path that upgrades to a WebSocket. An upgrade is a request like any other until its route is reached, so it
 * passes the guard's hook. The plugin comes before that hook: it closes the connections that the hook refuses.
 */
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import { limits } from '../../limits.ts';
import type { Refuse } from '../http/doors.ts';
import { linkPath } from '../http/guard.ts';
import type { Links } from './links.ts';
import { notFound } from '../http/not-found.ts';
import { answerPings } from './pongs.ts';

/** Deflate is off: it costs more than loopback saves, and memory for each link. */
const options = {
  perMessageDeflate: false,
  maxPayload: limits.requestBytes,
  maxFragments: limits.messageFragments,
  maxBufferedChunks: limits.messageChunks,
  closeTimeout: limits.goodbyeMs,
  // None is spoken here, so none is named (RFC 6455 §4.2.2). By itself ws takes the first that is offered.
  handleProtocols: () => false as const,
  // `answerPings` does.
  autoPong: false,
};

export async function acceptUpgrades(app: FastifyInstance, refuse: Refuse): Promise<void> {
  await app.register(websocket, {
    options,
    // ws closes the link itself, with the code that fits: 1009 too big, 1007 not UTF-8, 1002 not WebSocket.
    errorHandler: (error) => app.log.debug({ error: error.message }, 'a link failed'),
    // `closeWith` says goodbye to the links.
    preClose: (done) => done(),
  });
  app.websocketServer.on('wsClientError', (error, connection) => {
    refuse(connection, problem('bad-request', { message: `${error.message}.`, hint: 'See RFC 6455 §4.1.' }));
  });
}

export function linkRoute(app: FastifyInstance, links: Links): void {
  app.route({
    method: 'GET',
    url: linkPath,
    schema: { hide: true },
    // Without an upgrade there is nothing here.
    handler: notFound,
    wsHandler: (socket, request) => {
      // A link through a tunnel can die without a FIN.
      request.raw.socket.setKeepAlive(true, limits.keepAliveMs);
      answerPings(socket);
      links.welcome(socket);
    },
  });
}
