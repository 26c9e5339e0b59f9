import { done } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core, Handler } from './core.ts';

export const close: Handler<'close'> = async ({ socket, reset = false, connections = false }, core) => {
  if (core.hub.wasClosed(socket)) return done({});
  const found = core.hub.socket(socket);
  if (!found.ok) return found;
  const closing = connections ? [found.value, ...connectionsOf(socket, core)] : [found.value];
  await Promise.all(closing.map((one) => (reset ? one.reset() : one.close())));
  return done({});
};

function connectionsOf(listener: number, { hub }: Core): AgentSocket[] {
  const ids = [...hub.states.values()]
    .filter((state) => state.listener === listener)
    .map(({ socket }) => socket);
  return ids.flatMap((id) => {
    const found = hub.socket(id);
    return found.ok ? [found.value] : [];
  });
}
