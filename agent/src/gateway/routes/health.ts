import type { FastifyInstance } from 'fastify';
import { answer, health } from '../schemas.ts';

/** `/healthz`: open to everyone, and says only that the agent is up. */
export function healthRoute(app: FastifyInstance): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/healthz',
    schema: {
      operationId: 'health',
      summary: 'Whether the agent is up. Open to everyone.',
      security: [],
      response: { 200: answer('It is up.', health) },
    },
    handler: () => ({ ok: true }),
  });
}
