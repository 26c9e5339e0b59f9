import { done, refuse } from '../result.ts';
import type { Handler } from './core.ts';

export const setsockopt: Handler<'setsockopt'> = async ({ type, socket, ...setting }, { hub, policy }) => {
  const found = hub.socket(socket);
  if (!found.ok) return found;
  const refused =
    setting.option === 'addMembership' ? policy.join(setting.value.group, setting.value.interface) : null;
  if (refused) return refuse(refused);
  const set = await found.value.setOption(setting);
  return set.ok ? done({}) : set;
};
