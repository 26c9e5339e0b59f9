/** From the host a person typed to numeric addresses that the policy allows. */
import { isIP } from 'node:net';
import type { Address, Family, ResolvedAddress } from '@socket-playground/shared/events/address.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { Asking } from '../policy/policy.ts';
import { failure } from '../sockets/kernel-problem.ts';
import type { Core } from './core.ts';
import { resolveHost } from './resolver.ts';

/** What a host leads to. Only a name was resolved: a numeric address leads to itself. */
export interface Place {
  readonly host: string;
  readonly isName: boolean;
  readonly found: Result<readonly ResolvedAddress[]>;
}

export async function locate(host: string, family?: Family): Promise<Place> {
  const version = isIP(host);
  if (version !== 0)
    return { host, isName: false, found: done([{ host, family: version === 4 ? 'inet' : 'inet6' }]) };
  return { host, isName: true, found: await resolveHost(host, family) };
}

/**
 * Puts the resolver's answer about a name in the journal: under the socket it was asked for, or under none. A socket that
 * was closed meanwhile has told its story.
 */
export function recordLocation({ host, isName, found }: Place, asker: number | null, { hub }: Core): void {
  if (!isName) return;
  const socket = asker !== null && hub.states.has(asker) ? asker : null;
  if (found.ok) hub.record({ type: 'resolved', socket, host, addresses: [...found.value] });
  else hub.record({ ...failure('resolve', found.problem), socket });
}

/** Where to send: every address is checked, so that a name cannot lead elsewhere with its second one. */
export function targets(
  found: readonly ResolvedAddress[],
  port: number,
  asking: Asking,
  { policy }: Core,
): Result<readonly Address[]> {
  const remotes = found.map(({ host }) => ({ host, port }));
  const refused = firstProblem(remotes, (remote) => policy.target(remote, asking));
  return refused ? refuse(refused) : done(remotes);
}

function firstProblem<Value>(
  values: readonly Value[],
  check: (value: Value) => Problem | null,
): Problem | null {
  for (const value of values) {
    const found = check(value);
    if (found) return found;
  }
  return null;
}
