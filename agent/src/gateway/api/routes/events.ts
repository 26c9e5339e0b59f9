import { writers } from '@socket-playground/shared/recording/export/writers.ts';
import { originOf } from '../../../journal/source.ts';
import { limits } from '../../../limits.ts';
import type { ApiRoute } from './route.ts';
import { epochHeaders, securityHeaders } from '../../http/headers.ts';
import { answer, eventLine, eventsQuery, refused } from '../schemas.ts';

/**
 * `GET /api/events`: the journal as NDJSON, whole payloads in base64. What happened before somebody asks is there: who has
 * an echo in hand finds it, however slow the disk is.
 */
export const eventsRoute: ApiRoute = (app, { playground, followers }) => {
  app.get(
    '/events',
    {
      schema: {
        operationId: 'events',
        summary: 'Read the journal, one event a line; with follow=1 also what is yet to come.',
        querystring: eventsQuery,
        response: {
          200: answer('One event, or one gap, a line.', eventLine, 'application/x-ndjson'),
          ...refused,
        },
      },
    },
    (request, reply) => {
      const leave = followers.enter();
      const { from = 1, follow } = request.query;
      // The head goes out at once: a follower may have to wait long for its first event.
      reply.hijack();
      reply.raw.writeHead(200, {
        ...securityHeaders(),
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        ...epochHeaders(playground.journal.epoch),
      });
      reply.raw.flushHeaders();
      const { journal: source } = playground;
      const origin = originOf(source.epoch);
      const writer = writers.json({ origin, end: null, pieceBytes: limits.eventPieceBytes });
      const serve = (follows: boolean) =>
        followers.serve(reply.raw, { source, writer, from, follow: follows });
      void (follow === '1' ? serve(true) : source.settle().then(() => serve(false))).finally(leave);
    },
  );
};
