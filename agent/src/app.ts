/**
 * The agent's own port, put together: guard, page, API and links around one playground. `buildApp` only builds; the
 * caller listens, and `close` ends everything that is attached.
 */
import type { Duplex } from 'node:stream';
import fastify from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Problem } from '@socket-playground/shared/problems.ts';
import { api } from './gateway/api.ts';
import { closeWith } from './gateway/closing.ts';
import { openDoors, refuseGarbage } from './gateway/doors.ts';
import { ProblemError } from './gateway/errors.ts';
import { Followers } from './gateway/followers.ts';
import { checkRequest } from './gateway/guard.ts';
import { securityHeaders } from './gateway/headers.ts';
import { acceptJsonBodies } from './gateway/json-body.ts';
import { lastWord } from './gateway/linger.ts';
import { Links } from './gateway/links.ts';
import { OwnNames } from './gateway/names.ts';
import { notFound } from './gateway/not-found.ts';
import { documentApi } from './gateway/openapi.ts';
import { Outbox } from './gateway/outbox.ts';
import { servePage } from './gateway/page-files.ts';
import { Refusals } from './gateway/refusals.ts';
import { answer, health } from './gateway/schemas.ts';
import { serverOptions } from './gateway/server-options.ts';
import { createTokenCheck } from './gateway/token.ts';
import { limits } from './limits.ts';
import type { Playground } from './playground.ts';

export interface AppDeps {
  readonly playground: Playground;
  /** Opens the API and the link; new for each run. */
  readonly token: string;
  /** The agent's own version, for the page and the API document. */
  readonly version: string;
  /** The folder of the built page, or null when there is none. */
  readonly pageRoot: string | null;
  /** Further origins this agent answers to, such as the near end of a tunnel. */
  readonly extraOrigins: readonly URL[];
  /** Whether sockets may listen beyond this computer: told to the page. */
  readonly expose: boolean;
  readonly log: FastifyBaseLogger;
}

const healthSchema = {
  operationId: 'health',
  summary: 'Whether the agent is up. Open to everyone.',
  security: [],
  response: { 200: answer('It is up.', health) },
};

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { playground, version, pageRoot, log } = deps;
  const names = new OwnNames(deps.extraOrigins);
  const refusals = new Refusals(deps.token);
  const isToken = createTokenCheck(deps.token);
  const refuse = (connection: Duplex, reason: Problem) =>
    lastWord(connection, refusals.response(reason), limits.goodbyeMs);
  const followers = new Followers(playground.journal, limits);
  const outbox = new Outbox(playground.journal, limits, () => performance.now());
  const links = new Links({ ...deps, outbox, isToken, refuse });

  const app = fastify({
    ...serverOptions,
    loggerInstance: log,
    clientErrorHandler: refuseGarbage(refuse),
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders());
      refusals.send(error, request, reply);
    },
  });
  app.server.maxConnections = limits.connections;
  app.server.on('listening', () => {
    const address = app.server.address();
    if (address === null || typeof address === 'string') return;
    names.listening(address);
    playground.reservePort(address.port);
  });
  openDoors(app.server, { names, links, refuse });
  closeWith(app, () => Promise.all([links.close(), followers.close()]));

  app.setErrorHandler<FastifyError>((error, request, reply) => refusals.send(error, request, reply));
  app.setNotFoundHandler(notFound);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  acceptJsonBodies(app);
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(securityHeaders());
    const refusal = checkRequest(request.raw, names);
    if (refusal === null) next();
    else next(new ProblemError(refusal, { closes: true }));
  });

  await documentApi(app, version);
  await app.register(api, { prefix: '/api', playground, followers, isToken });
  app.route({ method: ['GET', 'HEAD'], url: '/healthz', schema: healthSchema, handler: () => ({ ok: true }) });
  await servePage(app, pageRoot);
  return app;
}
