import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { limits } from '../../limits.ts';

/**
 * Ends what is attached when the app closes: first politely, by `farewell`, and after `goodbyeMs` by force, so that
 * a mute tab or a half-open peer cannot hold the agent up. Upgraded connections count too.
 */
export function closeWith(app: FastifyInstance, farewell: () => Promise<unknown>): void {
  const connections = new Set<Socket>();
  app.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  app.addHook('preClose', async () => {
    const cut = setTimeout(() => {
      for (const connection of connections) connection.destroy();
    }, limits.goodbyeMs);
    const closed = [...connections].map(
      (connection) => new Promise((resolve) => connection.once('close', resolve)),
    );
    app.server.close();
    await farewell();
    app.server.closeIdleConnections();
    await Promise.all(closed);
    clearTimeout(cut);
  });
}
