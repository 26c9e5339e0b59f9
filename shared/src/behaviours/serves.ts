import type { SocketType } from '../events/address.ts';
import { problem } from '../problems.ts';
import type { Problem } from '../problem.ts';
import { behaviourNames, behaviours } from './index.ts';
import type { BehaviourConfig, BehaviourName } from './index.ts';

/** The names of the behaviours that work on a kind of socket, in the order of the form. */
export const behavioursServing = (socketType: SocketType): BehaviourName[] =>
  behaviourNames.filter((name) => behaviours[name].serves.includes(socketType));

/** Why a behaviour cannot run on a kind of socket, or null. */
export function behaviourProblem({ name }: BehaviourConfig, socketType: SocketType): Problem | null {
  const serves = behavioursServing(socketType);
  return serves.includes(name)
    ? null
    : problem('behaviour-socket-type', { name, socketType, serves }, 'behaviour.name');
}
