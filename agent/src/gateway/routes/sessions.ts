import { problem } from '@socket-playground/shared/problems.ts';
import type { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { parseSecrets } from '@socket-playground/shared/recording/redact/secrets.ts';
import { limits } from '../../limits.ts';
import type { Epoch, EventSource } from '../../journal/source.ts';
import { current } from '../../sessions/sessions.ts';
import type { OpenSession } from '../../sessions/sessions.ts';
import { ProblemError } from '../errors.ts';
import { formats } from '../formats.ts';
import { securityHeaders } from '../headers.ts';
import { redactedWriter, redactorOf, upTo } from '../redacted.ts';
import {
  answer,
  eventBytes,
  refused,
  sessionEventPath,
  sessionList,
  sessionPath,
  sessionQuery,
} from '../schemas.ts';
import { sendData } from './event-data.ts';
import type { ApiRoute, RouteDeps } from './route.ts';

export const epochHeaders = ({ id, started }: Epoch) => ({ Epoch: id, Started: started });

/** `GET /api/sessions`: those that can be read, newest first, the running one among them. */
export const sessionsRoute: ApiRoute = (app, { playground }) => {
  app.get(
    '/sessions',
    {
      schema: {
        operationId: 'sessions',
        summary: 'List the kept sessions, newest first.',
        response: { 200: answer('The kept sessions.', sessionList), ...refused },
      },
    },
    async () => ({ sessions: await playground.sessions.list() }),
  );
};

/** `GET /api/sessions/<id|current>`: one session as a file. */
export const sessionRoute: ApiRoute = (app, deps) => {
  app.get(
    '/sessions/:id',
    {
      schema: {
        operationId: 'session',
        summary:
          'Read one session as a file: as it is kept, as packets for Wireshark (pcapng), as JSON Lines, or as CSV. ' +
          '`current` is the running one. It is exact unless asked otherwise: `redact=1` hides the values of ' +
          'Authorization, Proxy-Authorization, Cookie and Set-Cookie, each `hide` some text more (`\\xNN` is a byte) ' +
          'or what a pattern matches (`/token=\\w+/i`), and the header `Redacted` counts the places.',
        params: sessionPath,
        querystring: sessionQuery,
        response: { 200: answer('The session.', eventBytes, 'application/octet-stream'), ...refused },
      },
    },
    async (request, reply) => {
      const { followers } = deps;
      if (followers.full) throw new ProblemError(problem('too-many-followers', { most: limits.followers }));
      const session = await openSession(deps, request.params.id);
      const source = upTo(session.source, session.source.latest);
      const { format: name, redact, hide } = request.query;
      const format = formats[name ?? 'session'];
      const redactor =
        redact === '1' || hide !== undefined
          ? await redactorFor(session, source, hide, () => reply.raw.destroyed)
          : null;
      reply.hijack();
      // Whoever asked may have left while everything was looked through.
      if (reply.raw.destroyed) return session.close();
      reply.raw.writeHead(200, {
        ...securityHeaders(),
        'Content-Type': format.contentType,
        'Content-Disposition': `attachment; filename="${session.id ?? current}.${format.extension}"`,
        ...epochHeaders(source.epoch),
        ...(redactor && { Redacted: redactor.places }),
      });
      const plain = format.writer(source.epoch, limits.eventPieceBytes);
      const writer = redactor === null ? plain : redactedWriter(plain, redactor);
      await followers.serve(reply.raw, { source, writer, from: 1, follow: false });
      await session.close();
    },
  );
};

/** `GET /api/sessions/<id|current>/events/<seq>/data`: the bytes of one event of a session. */
export const sessionDataRoute: ApiRoute = (app, deps) => {
  app.get(
    '/sessions/:id/events/:seq/data',
    {
      schema: {
        operationId: 'sessionEventData',
        summary: 'Read the bytes that one event of a session sent or received.',
        params: sessionEventPath,
        response: { 200: answer('The bytes.', eventBytes, 'application/octet-stream'), ...refused },
      },
    },
    async (request, reply) => {
      const session = await openSession(deps, request.params.id);
      try {
        return await sendData(reply, session.source, request.params.seq);
      } finally {
        await session.close();
      }
    },
  );
};

/** Closes the session when it cannot be made. */
async function redactorFor(
  session: OpenSession,
  source: EventSource,
  hide: string | readonly string[] = [],
  isGone: () => boolean,
): Promise<Redactor> {
  const parsed = parseSecrets([hide].flat());
  const redactor = parsed.ok ? await redactorOf(source, parsed.secrets, isGone) : null;
  if (redactor !== null && !redactor.isFull) return redactor;
  await session.close();
  const wrong = parsed.ok ? 'There are too many places.' : parsed.wrong;
  throw new ProblemError(problem('cannot-redact', { wrong }));
}

async function openSession({ playground }: RouteDeps, id: string): Promise<OpenSession> {
  const session = await playground.sessions.open(id);
  if (session === null) throw new ProblemError(problem('no-such-session', { id }));
  return session;
}
