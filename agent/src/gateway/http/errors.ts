import type { FastifyError } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { limits } from '../../limits.ts';

/** A refusal on its way through code that only knows exceptions, such as a hook or a body parser. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Whether the connection should not be used again. */
  readonly closes: boolean;

  constructor(problem: Problem, { closes = false } = {}) {
    super(problem.message);
    this.problem = problem;
    this.closes = closes;
  }
}

/** What went wrong between a request and its answer, as a coded problem. Anything unforeseen is `internal`. */
export function problemOfError(error: FastifyError | ProblemError): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error.validation) return problemOfValidation(error);
  const status = error.statusCode ?? 500;
  if (status === 413) return problem('too-large', { most: limits.requestBytes });
  if (status < 400 || status >= 500) return problem('internal', null);
  if (status === 403) return problem('bad-request', notServed);
  return problem('bad-request', {
    message: `The request is not right: ${error.message.replace(/\.$/, '')}.`,
    hint: 'GET /api/openapi.json says what is expected.',
  });
}

/** What the page's files are refused with: a path with `..`, a hidden name, a NUL, or more than a name may have. */
const notServed = {
  message: 'This path leads out of the page, or to a hidden file, or is longer than a name can be.',
  hint: 'The page is at /; GET /api/openapi.json lists every route.',
};

/** A schema's message says what it expects; the first complaint is the one to act on. */
function problemOfValidation({ validation = [], validationContext }: FastifyError): Problem {
  const [complaint] = validation;
  const field = complaint?.instancePath.slice(1) ?? '';
  const where = validationContext === 'params' ? 'path' : 'query';
  return problem(
    'bad-query',
    {
      message: field === '' ? `The ${where} is not right.` : `"${field}" in the ${where} is not right.`,
      hint: `It should be ${complaint?.message ?? 'as GET /api/openapi.json says'}.`,
    },
    field === '' ? undefined : field,
  );
}

/** The same for bytes that never became a request: what Node's HTTP parser objects to. */
export function problemOfConnection(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem('too-slow', null);
  if (code === 'HPE_HEADER_OVERFLOW') return problem('headers-too-large', null);
  return problem('bad-request', {
    message: 'These bytes are not an HTTP/1.1 request.',
    hint: 'The page is at the link the agent printed; programs speak HTTP/1.1 (RFC 9112).',
  });
}
