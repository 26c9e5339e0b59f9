import type { ResolvedAddress } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { Core } from './core.ts';
import type { Found } from './find.ts';
import { locate, recordLocation } from './places.ts';

/** The addresses of a host that the socket's family can use, at least one. */
export async function locateFor(
  { state }: Found,
  host: string,
  core: Core,
): Promise<Result<readonly [ResolvedAddress, ...ResolvedAddress[]]>> {
  const place = await locate(host);
  recordLocation(place, state.socket, core);
  if (!place.found.ok) return place.found;
  const [first, ...others] = place.found.value.filter(({ family }) => family === state.family);
  return first
    ? done([first, ...others])
    : refuse(problem('family-mismatch', { host, family: state.family }, 'host'));
}
