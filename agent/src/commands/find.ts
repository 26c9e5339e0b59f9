import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core } from './core.ts';

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
