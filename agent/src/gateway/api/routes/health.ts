import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../../http/other-methods.ts';
import { answer, health, refused } from '../schemas.ts';

const url = '/healthz';
const methods = ['GET', 'HEAD'] as const;

/** `/healthz`: open to everyone, and says only that the agent is up. */
export function healthRoute(app: FastifyInstance): void {
  app.route({
    method: [...methods],
    url,
    schema: {
      operationId: 'health',
      summary: 'Whether the agent is up. Open to everyone.',
      security: [],
      response: { 200: answer('It is up.', health), ...refused },
    },
    handler: () => ({ ok: true }),
  });
  refuseOtherMethods(app, url, methods);
}
