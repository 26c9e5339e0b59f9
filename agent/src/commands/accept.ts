import { done } from '../result.ts';
import type { Handler } from './core.ts';

/** Takes one waiting connection as an automatic accept would: a new socket, with the listener's behaviour. */
export const accept: Handler<'accept'> = async ({ socket }, core) => {
  const found = core.hub.socket(socket);
  if (!found.ok) return found;
  const taken = await found.value.accept();
  return taken.ok ? done({ connection: taken.value }) : taken;
};
