import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { SocketFact } from '@socket-playground/shared/events/event.ts';
import { explain } from '@socket-playground/shared/explain.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { errorCode } from '../error-code.ts';

type About = Parameters<typeof explain>[1];

const errnoOf = new Map<string, number>(Object.entries(constants.errno));

/** A code of the kernel or the resolver as a problem: its positive errno where this system has one, and what it means. */
export function kernelProblem(code: string, about: About): Problem {
  const errno = errnoOf.get(code);
  return { code, ...explain(code, about), ...(errno === undefined ? {} : { errno }) };
}

/** The same for the negative number libuv answers with. */
export function problemOfErrno(negative: number, about: About): Problem {
  return kernelProblem(getSystemErrorName(negative), about);
}

/** The same for what Node throws or emits. What the kernel said of a buffer's size is in the `info` of an error of its own. */
export function problemOfError(error: Error, about: About): Problem {
  const said = errorCode('info' in error ? error.info : null) ?? errorCode(error) ?? 'EIO';
  return kernelProblem(said, about);
}

/** The event that tells of a refused call. */
export function failure(
  during: string,
  { code, errno, message, hint }: Problem,
): Extract<SocketFact, { type: 'failed' }> {
  return { type: 'failed', during, code, errno: errno ?? null, message, hint };
}
