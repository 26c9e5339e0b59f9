import { done, refuse } from '../result.ts';
import type { Handler } from './core.ts';
import { find } from './find.ts';
import { locateFor } from './of-family.ts';

export const bind: Handler<'bind'> = async ({ socket, host, port }, core) => {
  const found = find(socket, core);
  if (!found.ok) return found;
  const located = await locateFor(found.value, host, core);
  if (!located.ok) return located;
  const local = { host: located.value[0].host, port };
  const refused = core.policy.listen(local, found.value.state.socketType);
  if (refused) return refuse(refused);
  const bound = await found.value.socket.bind(local);
  return bound.ok ? done({ local: bound.value }) : bound;
};
