import { bytesOf } from '@socket-playground/shared/payload/payload.ts';
import { done } from '../result.ts';
import type { Handler } from './core.ts';

export const send: Handler<'send'> = async ({ socket, data }, { hub }) => {
  const found = hub.socket(socket);
  if (!found.ok) return found;
  const bytes = bytesOf(data);
  const queued = await found.value.send(bytes);
  return queued.ok ? done({ size: bytes.length, queued: queued.value }) : queued;
};
