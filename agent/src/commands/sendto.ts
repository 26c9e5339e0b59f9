import { bytesOf } from '@socket-playground/shared/payload/payload.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { done, refuse } from '../result.ts';
import type { Handler } from './core.ts';
import { find } from './find.ts';
import { locateFor } from './of-family.ts';
import { targets } from './places.ts';

export const sendto: Handler<'sendto'> = async ({ socket, host, port, data }, core) => {
  const found = find(socket, core);
  if (!found.ok) return found;
  const { state } = found.value;
  if (state.role !== 'datagram')
    return refuse(problem('not-supported', { socket, verb: 'sendto', role: 'stream socket' }, 'socket'));
  const located = await locateFor(found.value, host, core);
  if (!located.ok) return located;
  const remote = { host: located.value[0].host, port };
  const allowed = targets([located.value[0]], port, state, core);
  if (!allowed.ok) return allowed;
  const bytes = bytesOf(data);
  const sent = await found.value.socket.sendTo(bytes, remote);
  return sent.ok ? done({ size: bytes.length }) : sent;
};
