import { lookup } from 'node:dns/promises';
import type { Family, ResolvedAddress } from '@socket-playground/shared/events/address.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { problemOfError } from '../sockets/kernel-problem.ts';

const familyOf = (number: number): Family => (number === 6 ? 'inet6' : 'inet');

/** getaddrinfo(3): every address of a name, in the resolver's own order. */
export async function resolveHost(
  host: string,
  family?: Family,
): Promise<Result<readonly ResolvedAddress[]>> {
  try {
    const wanted = family === undefined ? 0 : family === 'inet' ? 4 : 6;
    const found = await lookup(host, { all: true, order: 'verbatim', family: wanted });
    return done(found.map(({ address, family: number }) => ({ host: address, family: familyOf(number) })));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refuse({ ...problemOfError(error, { during: 'resolve', host }), field: 'host' });
  }
}
