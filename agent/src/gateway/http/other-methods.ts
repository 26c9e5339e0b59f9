import { METHODS } from 'node:http';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import { ProblemError } from './errors.ts';

/** The methods of each path, as routes are added to this instance from now on. Paths are without its prefix. */
export function methodsOf(app: FastifyInstance): ReadonlyMap<string, readonly HTTPMethods[]> {
  const known = new Map<string, readonly HTTPMethods[]>();
  app.addHook('onRoute', ({ routePath, method }) => {
    known.set(routePath, [...(known.get(routePath) ?? []), method].flat());
  });
  return known;
}

/** Every method that Node can read has its routes. Without this, those of WebDAV would pass by whatever asks for the token. */
export function routeEveryMethod(app: FastifyInstance): void {
  const missing = METHODS.filter((method) => !app.supportedMethods.includes(method));
  for (const method of missing) app.addHttpMethod(method, { hasBody: true });
}

/**
 * What is there does not know every method: the others get 405, and `Allow` names those it knows (RFC 9110 §15.5.6), after
 * whatever the instance asks of a request, and before its body is read.
 */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
  const allow = allowed.join(', ');
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    schema: { hide: true },
    onRequest: ({ method }, reply, next) => {
      reply.header('Allow', allow);
      next(new ProblemError(problem('method-not-allowed', { method, allow })));
    },
    handler: (_request, reply) => reply,
  });
}
