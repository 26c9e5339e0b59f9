import type { FastifyPluginCallback } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problem } from '@socket-playground/shared/problems.ts';
import { ProblemError } from '../http/errors.ts';
import { refuseQuery } from '../http/no-query.ts';
import { notFound } from '../http/not-found.ts';
import { methodsOf, refuseOtherMethods } from '../http/other-methods.ts';
import { commandRoute } from './routes/commands.ts';
import { eventDataRoute } from './routes/event-data.ts';
import { eventsRoute } from './routes/events.ts';
import { kernelRoute } from './routes/kernel.ts';
import { openApiRoute } from './routes/openapi.ts';
import type { ApiRoute, RouteDeps } from './routes/route.ts';
import { sessionDataRoute, sessionRoute, sessionsRoute } from './routes/sessions.ts';
import { socketsRoute } from './routes/sockets.ts';
import { bearerToken } from '../http/token.ts';

interface ApiDeps extends RouteDeps {
  readonly isToken: (candidate: string) => boolean;
}

/** The registry of routes under `/api`: one line each. */
const routes: readonly ApiRoute[] = [
  commandRoute,
  socketsRoute,
  kernelRoute,
  eventsRoute,
  eventDataRoute,
  sessionsRoute,
  sessionRoute,
  sessionDataRoute,
  openApiRoute,
];

/** A 401 names the scheme it asks for (RFC 9110 §11.6.1, RFC 6750 §3); no browser asks a person for this one. */
const challenge = 'Bearer';

const hide = { schema: { hide: true } };

/**
 * Everything under `/api`. The token is asked for in a hook of this plugin, which the router runs for whatever it finds
 * here however the path was spelled, and for what it does not find.
 */
export const api: FastifyPluginCallback<ApiDeps> = (app, deps, done) => {
  app.addHook('onRequest', (request, reply, next) => {
    const token = bearerToken(request.headers.authorization);
    if (token !== null && deps.isToken(token)) return next();
    reply.header('WWW-Authenticate', challenge);
    next(new ProblemError(problem('unauthorized', null)));
  });
  app.addHook('preValidation', refuseQuery);
  const methods = methodsOf(app);
  for (const route of routes) route(app.withTypeProvider<ZodTypeProvider>(), deps);
  for (const [path, known] of [...methods]) refuseOtherMethods(app, path, known);
  app.all('/', hide, notFound);
  app.all('/*', hide, notFound);
  done();
};
