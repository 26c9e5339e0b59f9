import type { Address } from '@socket-playground/shared/events/address.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import { loopWithServer } from '../behaviours/loop.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { AgentSocket, Ends } from '../sockets/socket.ts';
import { connectToFirst } from './connect.ts';
import type { Core, Handler } from './core.ts';
import { openAt } from './open-at.ts';
import { locate, targets } from './places.ts';
import type { Place } from './places.ts';

/** socket, resolve and connect. What the kernel or the resolver refuses closes the socket again. */
export const dial: Handler<'dial'> = async (command, core) => {
  const { host, family, socketType, label } = command;
  const place = await locate(host, family);
  const remotes = checkedTargets(place, command, core);
  if (!remotes.ok) return remotes;
  const first = place.found.ok ? place.found.value[0]?.family : undefined;
  const opened = openAt(place, { family: first ?? family ?? 'inet', socketType, label }, core);
  if (!opened.ok) return opened;
  const socket = opened.value;
  const ends = place.found.ok ? await start(socket, remotes.value, command, core) : place.found;
  if (ends.ok) return done({ socket: socket.id, ...ends.value });
  await socket.close();
  return ends;
};

/** Refused before any socket exists; a name that leads nowhere is left to fail on its socket. */
function checkedTargets(
  place: Place,
  { port, socketType, behaviour }: CommandOf<'dial'>,
  core: Core,
): Result<readonly Address[]> {
  if (!place.found.ok) return done([]);
  const remotes = targets(place.found.value, port, { socketType, local: null }, core);
  if (!remotes.ok || !behaviour) return remotes;
  const loop = loopWithServer(remotes.value, socketType, behaviour, core.hub.states.values());
  return loop ? refuse(loop) : remotes;
}

async function start(
  socket: AgentSocket,
  remotes: readonly Address[],
  { readSize, behaviour, timeout }: CommandOf<'dial'>,
  core: Core,
): Promise<Result<Ends>> {
  if (readSize !== undefined) await socket.setOption({ option: 'readSize', value: readSize });
  if (behaviour) core.hub.record({ type: 'behaving', socket: socket.id, behaviour });
  return connectToFirst(socket, remotes, timeout);
}
