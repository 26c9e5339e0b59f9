import { problem } from '@socket-playground/shared/problems.ts';
import type { OpenSession } from '../../../sessions/sessions.ts';
import { ProblemError } from '../../http/errors.ts';
import {
  answer,
  eventBytes,
  refused,
  sessionEventPath,
  sessionFile,
  sessionList,
  sessionPath,
  sessionQuery,
} from '../schemas.ts';
import { sendData } from './event-data.ts';
import { secretsIn, sendPlain, sendTold } from './session-file.ts';
import type { ApiRoute, RouteDeps } from './route.ts';

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
    async () => {
      await playground.journal.settle();
      return { sessions: await playground.sessions.list() };
    },
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
          'or what a pattern matches (`/token=\\w+/i`), both in payloads and in the words beside them, and the header ' +
          '`Redacted` counts the places. `progress=1` is for the page: the file comes in frames, between which stands ' +
          'how much is done.',
        params: sessionPath,
        querystring: sessionQuery,
        response: { 200: sessionFile, ...refused },
      },
    },
    async (request, reply) => {
      const { followers } = deps;
      const secrets = secretsIn(request.query);
      const { format = 'session', progress } = request.query;
      const send = progress === '1' ? sendTold : sendPlain;
      const leave = followers.enter();
      try {
        const session = await openSession(deps, request.params.id);
        await send(reply, { session, format, secrets, followers }).finally(() => session.close());
      } finally {
        leave();
      }
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

/** The running one goes as far as what has happened by now. */
async function openSession({ playground }: RouteDeps, id: string): Promise<OpenSession> {
  const session = await playground.sessions.open(id);
  if (session === null) throw new ProblemError(problem('no-such-session', { id }));
  if (session.source === playground.journal) await playground.journal.settle();
  return session;
}
