import { done } from '../result.ts';
import type { Handler } from './core.ts';

/** Whoever waits is taken as it would be by itself: a socket of its own, with the listener's behaviour. */
export const accept: Handler<'accept'> = async ({ socket }, core) => {
  const found = core.hub.socket(socket);
  if (!found.ok) return found;
  const taken = await found.value.accept();
  return taken.ok ? done({ connection: taken.value }) : taken;
};
