import { done } from '../result.ts';
import type { Handler } from './core.ts';

export const pause: Handler<'pause'> = async ({ socket }, { hub }) => {
  const found = hub.socket(socket);
  if (!found.ok) return found;
  const result = found.value.pause();
  return result.ok ? done({}) : result;
};
