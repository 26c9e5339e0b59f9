import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import { ProblemError } from './errors.ts';

/** Routes that know no query refuse one, as all others refuse what they do not know in it. */
export function refuseQuery(
  request: FastifyRequest,
  _reply: FastifyReply,
  next: (error?: Error) => void,
): void {
  const { querystring, hide } = request.routeOptions.schema ?? {};
  const [name] = Object.keys(request.query ?? {});
  if (name === undefined || querystring !== undefined || hide === true) return next();
  const message = `"${name}" in the query is not right.`;
  next(new ProblemError(problem('bad-query', { message, hint: 'This route takes no query.' }, name)));
}
