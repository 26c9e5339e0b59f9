import { isTransfer } from '@socket-playground/shared/events/event.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { limits } from '../../limits.ts';
import type { ApiRoute } from './route.ts';
import { ProblemError } from '../errors.ts';
import { securityHeaders } from '../headers.ts';
import { answer, eventLine, eventPath, eventsQuery, eventBytes, refused } from '../schemas.ts';

/** `GET /api/events`: the journal as NDJSON, whole payloads in base64. */
export const eventsRoute: ApiRoute = (app, { playground, followers }) => {
  const { epoch } = playground.journal;
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
      if (followers.full) throw new ProblemError(problem('too-many-followers', { most: limits.followers }));
      const { from = 1, follow } = request.query;
      // The head goes out at once: a follower may have to wait long for its first event.
      reply.hijack();
      reply.raw.writeHead(200, {
        ...securityHeaders(),
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        Epoch: epoch.id,
        Started: epoch.started,
      });
      reply.raw.flushHeaders();
      followers.serve(reply.raw, { from, follow: follow === '1' });
    },
  );
};

/** `GET /api/events/<seq>/data`: the bytes of one event, as they were. */
export const eventDataRoute: ApiRoute = (app, { playground }) => {
  app.get(
    '/events/:seq/data',
    {
      schema: {
        operationId: 'eventData',
        summary: 'Read the bytes that one event sent or received.',
        params: eventPath,
        response: { 200: answer('The bytes.', eventBytes, 'application/octet-stream'), ...refused },
      },
    },
    (request, reply) => {
      const { seq } = request.params;
      const event = playground.journal.event(seq);
      if (event === null) throw new ProblemError(problem('no-such-event', { seq }));
      if (!isTransfer(event)) throw new ProblemError(problem('no-data', { seq, type: event.type }));
      const bytes = Buffer.from(event.data);
      void reply
        .type('application/octet-stream')
        .header('Content-Disposition', `attachment; filename="event-${seq}.bin"`)
        .send(bytes);
    },
  );
};
