import type { ResolvedAddress } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core } from './core.ts';
import { locate, recordLocation } from './places.ts';

/** An open socket with its state. */
export interface Found {
  readonly socket: AgentSocket;
  readonly state: SocketState;
}

/** The open socket of this number; a problem of our own when it was closed, or never was. */
export function find(id: number, { hub }: Core): Result<Found> {
  const found = hub.socket(id);
  if (!found.ok) return found;
  const state = hub.states.get(id);
  return state
    ? done({ socket: found.value, state })
    : refuse(problem('socket-closed', { socket: id }, 'socket'));
}

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
