import { behaviourProblem } from '@socket-playground/shared/behaviours/serves.ts';
import { loopWithPeer } from '../behaviours/loop.ts';
import { done, refuse } from '../result.ts';
import type { Handler } from './core.ts';
import { find } from './find.ts';

export const behave: Handler<'behave'> = async ({ socket, behaviour }, core) => {
  const found = find(socket, core);
  if (!found.ok) return found;
  const { state } = found.value;
  const refused =
    behaviourProblem(behaviour, state.socketType) ?? loopWithPeer(state, behaviour, core.hub.states.values());
  if (refused) return refuse(refused);
  core.hub.record({ type: 'behaving', socket, behaviour });
  return done({});
};
