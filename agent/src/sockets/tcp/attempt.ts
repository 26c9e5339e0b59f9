import type net from 'node:net';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { kernelProblem, problemOfError } from '../kernel-problem.ts';

/**
 * One connect(2): null once connected, else why not. A `timeoutMs` that passes first ends as ETIMEDOUT, a socket that is
 * closed meanwhile as ECANCELED; in both cases the stream is destroyed.
 */
export function attempt(
  raw: net.Socket,
  remote: Address,
  timeoutMs: number | undefined,
): Promise<Problem | null> {
  const about = { during: 'connect', socketType: 'stream' as const, ...remote };
  return new Promise((resolve) => {
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => settle(kernelProblem('ETIMEDOUT', about)), timeoutMs);
    const connected = () => settle(null);
    const failed = (error: Error) => settle(problemOfError(error, about));
    const closed = () => settle(kernelProblem('ECANCELED', about));
    function settle(outcome: Problem | null): void {
      clearTimeout(timer);
      raw.off('connect', connected).off('error', failed).off('close', closed);
      if (outcome) raw.on('error', () => undefined).destroy();
      resolve(outcome);
    }
    raw.once('connect', connected).once('error', failed).once('close', closed);
    raw.connect({ ...remote, autoSelectFamily: false });
  });
}
