import { done } from '../result.ts';
import type { Handler } from './core.ts';

export const shutdown: Handler<'shutdown'> = async ({ socket }, { hub }) => {
  const found = hub.socket(socket);
  if (!found.ok) return found;
  const result = await found.value.shutdown();
  return result.ok ? done({}) : result;
};
