import { done } from '../result.ts';
import type { Handler } from './core.ts';

export const resume: Handler<'resume'> = async ({ socket }, { hub }) => {
  const found = hub.socket(socket);
  if (!found.ok) return found;
  const result = found.value.resume();
  return result.ok ? done({}) : result;
};
