import type { Address } from '@socket-playground/shared/events/address.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import { done, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core, Handler } from './core.ts';
import { listenWith } from './listen.ts';
import { locate } from './places.ts';
import { openAt } from './open-at.ts';

/** socket, bind and, for a stream, listen. What the kernel refuses closes the socket again. */
export const serve: Handler<'serve'> = async (command, core) => {
  const { host, port, family, socketType, label } = command;
  const place = await locate(host, family);
  const address = place.found.ok ? place.found.value[0] : undefined;
  const local = { host: address?.host ?? host, port };
  const refused = address && core.policy.listen(local, socketType);
  if (refused) return refuse(refused);
  const opened = openAt(place, { family: address?.family ?? family ?? 'inet', socketType, label }, core);
  if (!opened.ok) return opened;
  const socket = opened.value;
  const started = place.found.ok ? await start(socket, local, command, core) : place.found;
  if (started.ok) return done({ socket: socket.id, local: started.value });
  await socket.close();
  return started;
};

async function start(
  socket: AgentSocket,
  local: Address,
  command: CommandOf<'serve'>,
  core: Core,
): Promise<Result<Address>> {
  const { socketType, behaviour } = command;
  if (socketType === 'dgram' && behaviour)
    core.hub.record({ type: 'behaving', socket: socket.id, behaviour });
  const bound = await socket.bind(local);
  return bound.ok && socketType === 'stream' ? listenWith(socket, command, core) : bound;
}
