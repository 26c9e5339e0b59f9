import { done } from '../result.ts';
import type { Handler } from './core.ts';
import { recordLocation } from './places.ts';
import { resolveHost } from './resolver.ts';

export const resolve: Handler<'resolve'> = async ({ host, family }, core) => {
  const found = await resolveHost(host, family);
  recordLocation({ host, isName: true, found }, null, core);
  return found.ok ? done({ addresses: [...found.value] }) : found;
};
