import type { FastifyReply } from 'fastify';
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { EventSource } from '../../../journal/source.ts';
import { ProblemError } from '../../http/errors.ts';
import { eventPath, answer, eventBytes, refused } from '../schemas.ts';
import type { ApiRoute } from './route.ts';

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
    (request, reply) => sendData(reply, playground.journal, request.params.seq),
  );
};

/** Answers with the data of one event, from memory or from disk. */
export async function sendData(reply: Reply, source: EventSource, seq: number): Promise<Buffer> {
  const isThere = seq >= source.first && seq <= source.latest && source.gapAt(seq) === null;
  const event = isThere ? ((await source.blockOf(seq))?.event(seq) ?? null) : null;
  if (event === null) throw new ProblemError(problem('no-such-event', { seq }));
  if (!carriesBytes(event)) throw new ProblemError(problem('no-data', { seq, type: event.type }));
  reply
    .type('application/octet-stream')
    .header('Content-Disposition', `attachment; filename="event-${seq}.bin"`);
  return Buffer.from(event.data);
}

type Reply = Pick<FastifyReply<object>, 'type' | 'header'>;
