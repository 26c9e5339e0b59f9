import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { done } from '../result.ts';
import type { Result } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core, Handler } from './core.ts';

export const listen: Handler<'listen'> = async ({ socket, ...listening }, core) => {
  const found = core.hub.socket(socket);
  if (!found.ok) return found;
  const local = await listenWith(found.value, listening, core);
  return local.ok ? done({ local: local.value }) : local;
};

type Listening = Pick<CommandOf<'listen'>, 'backlog' | 'accept' | 'behaviour'>;

/** The behaviour is in place before the kernel can hand over the first connection: nothing is awaited in between. */
export async function listenWith(
  socket: AgentSocket,
  { backlog, accept, behaviour }: Listening,
  core: Core,
): Promise<Result<Address>> {
  const isListening = () => core.hub.states.get(socket.id)?.state === 'listening';
  const wasListening = isListening();
  const listening = socket.listen(backlog ?? defaultBacklog, accept);
  if (behaviour && !wasListening && isListening())
    core.hub.record({ type: 'behaving', socket: socket.id, behaviour });
  return listening;
}
