import type { FastifyRequest } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import { ProblemError } from './errors.ts';

const longestEcho = 100;

/** For whatever no route answers. The query is left out: it may hold what should not be repeated. */
export function notFound({ method, url }: FastifyRequest): never {
  const path = (url.split('?', 1)[0] ?? '').slice(0, longestEcho);
  throw new ProblemError(problem('no-such-route', { method, path }));
}
