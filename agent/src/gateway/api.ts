import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyPluginCallback, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Playground } from '../playground.ts';
import { ProblemError } from './errors.ts';
import type { Followers } from './followers.ts';
import { commandRoute } from './routes/commands.ts';
import { eventDataRoute, eventsRoute } from './routes/events.ts';
import { openApiRoute } from './routes/openapi.ts';
import { socketsRoute } from './routes/sockets.ts';
import { notFound } from './not-found.ts';
import { bearerToken } from './token.ts';

export interface ApiDeps {
  readonly playground: Playground;
  readonly followers: Followers;
  readonly isToken: (candidate: string) => boolean;
}

/** Requests and answers are typed by the schemas they are checked with. */
type ApiApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Adds one route. */
export type ApiRoute = (app: ApiApp, deps: ApiDeps) => void;

const routes: readonly ApiRoute[] = [commandRoute, socketsRoute, eventsRoute, eventDataRoute, openApiRoute];

/**
 * Everything under `/api`. The token is asked for in a hook of this plugin, which the router runs for whatever it finds
 * here however the path was spelled, and for what it does not find.
 */
export const api: FastifyPluginCallback<ApiDeps> = (app, deps, done) => {
  app.addHook('onRequest', (request, _reply, next) => {
    const token = bearerToken(request.headers.authorization);
    if (token === null || !deps.isToken(token)) next(new ProblemError(problem('unauthorized', null)));
    else next();
  });
  for (const route of routes) route(app.withTypeProvider<ZodTypeProvider>(), deps);
  app.all('/', { schema: { hide: true } }, notFound);
  app.all('/*', { schema: { hide: true } }, notFound);
  done();
};
