import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { limits } from '../limits.ts';
import { ProblemError } from './http/errors.ts';
import { checkRequest, checkUpgrade } from './http/guard.ts';
import { securityHeaders } from './http/headers.ts';
import type { LastDescriptors } from './http/last-descriptors.ts';
import type { Links } from './pages/links.ts';
import type { OwnNames } from './http/names.ts';
import { notFound } from './http/not-found.ts';
import { routeEveryMethod } from './http/other-methods.ts';
import type { Refusals } from './http/refusals.ts';
import { Turns } from './http/turns.ts';
import type { UnderWay } from './http/under-way.ts';

interface ServerDeps {
  readonly refusals: Refusals;
  readonly log: FastifyBaseLogger;
}

interface Guards {
  readonly names: OwnNames;
  readonly links: Links;
  readonly last: LastDescriptors;
  readonly underWay: UnderWay;
}

/** How the HTTP server treats time, sizes and connections. */
const options = {
  bodyLimit: limits.requestBytes,
  requestTimeout: limits.requestMs,
  // A HEAD of an event stream would never end; the page's own files declare theirs.
  exposeHeadRoutes: false,
  // Requests during the shutdown are answered like any other; their connections close soon after.
  return503OnClosing: false,
  logController: new LogController({ disableRequestLogging: true }),
  // Fastify's own answer is not a coded problem; `refuseGarbage` answers instead.
  clientErrorHandler: () => undefined,
  http: {
    headersTimeout: limits.headersMs,
    // Node looks for late requests only every 30 s by default.
    connectionsCheckingInterval: limits.connectionsCheckMs,
    // The guard refuses a missing Host itself, as a coded problem.
    requireHostHeader: false,
  },
} as const;

/** An HTTP server without routes: every error is a coded problem. */
export function createServer({ refusals, log }: ServerDeps): FastifyInstance {
  const app = fastify({
    ...options,
    loggerInstance: log,
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders());
      // Hooks do not see what has no proper path; an upgrade among it would leave its connection open.
      reply.raw.once('finish', () => request.raw.socket.destroySoon());
      refusals.send(error, request, reply);
    },
  });
  routeEveryMethod(app);
  app.server.maxConnections = limits.connections;
  // Not in Node's documents: who sends FIN behind a request still gets its answer (RFC 9293 §3.6).
  Object.assign(app.server, { httpAllowHalfOpen: true });
  app.setErrorHandler<FastifyError>((error, request, reply) => refusals.send(error, request, reply));
  app.setNotFoundHandler(notFound);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  return app;
}

const isOfApi = ({ routeOptions: { url } }: FastifyRequest) => url?.startsWith('/api') === true;

/** Every request passes the guard, and every answer carries the headers. Comes after the plugin for upgrades. */
export function guardRequests(app: FastifyInstance, { names, links, last, underWay }: Guards): void {
  const turns = new Turns(underWay, limits.pipelinedRequests);
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(securityHeaders());
    const refusal =
      (request.ws ? checkUpgrade(request.raw, names) : checkRequest(request.raw, names)) ??
      last.refusal(request.raw) ??
      (request.ws ? links.refusal() : null);
    const begin = (why: Problem | null) =>
      why === null ? next() : next(new ProblemError(why, { closes: true }));
    if (refusal !== null || request.ws) begin(refusal);
    else turns.take(request.raw.socket, reply.raw, !isOfApi(request), begin);
  });
}
