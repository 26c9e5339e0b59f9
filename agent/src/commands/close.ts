import { done } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core, Handler } from './core.ts';

/** Connections outlive their listener, so `connections` ends them even when the listener is already closed. */
export const close: Handler<'close'> = async ({ socket, reset = false, connections = false }, core) => {
  const found = core.hub.socket(socket);
  if (!found.ok && !core.hub.wasClosed(socket)) return found;
  const closing = [...(found.ok ? [found.value] : []), ...(connections ? connectionsOf(socket, core) : [])];
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
