import type { Address } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { loopWithServer } from '../behaviours/loop.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { AgentSocket, Ends } from '../sockets/socket.ts';
import type { Core, Handler } from './core.ts';
import { find } from './find.ts';
import type { Found } from './find.ts';
import { locateFor } from './of-family.ts';
import { targets } from './places.ts';

export const connect: Handler<'connect'> = async ({ socket, host, port, timeout }, core) => {
  const found = find(socket, core);
  if (!found.ok) return found;
  const located = await locateFor(found.value, host, core);
  if (!located.ok) return located;
  const remotes = targets(located.value, port, found.value.state, core);
  if (!remotes.ok) return remotes;
  const loop = loopOf(found.value, remotes.value, core);
  if (loop) return refuse(loop);
  const ends = await connectToFirst(found.value.socket, remotes.value, timeout);
  return ends.ok ? done({ ...ends.value }) : ends;
};

/** As it is now: `behave` may have come while the name was looked up. */
function loopOf({ socket, state }: Found, remotes: readonly Address[], { hub }: Core): Problem | null {
  const { behaviour, role } = hub.states.get(socket.id) ?? state;
  // A listener calls nobody, itself included: the socket says so.
  if (role === 'listener') return null;
  const loop = loopWithServer(remotes, state.socketType, behaviour, hub.states.values());
  return loop && { ...loop, field: 'host' };
}

/** Tries the addresses in order: the first success, or the last failure. */
export async function connectToFirst(
  socket: AgentSocket,
  remotes: readonly Address[],
  timeoutMs: number | undefined,
): Promise<Result<Ends>> {
  let last: Result<Ends> = refuse(problem('not-connected', { socket: socket.id }, 'host'));
  for (const remote of remotes) {
    last = await socket.connect(remote, timeoutMs);
    if (last.ok) return last;
  }
  return last;
}
