import type { SocketType } from '../events/address.ts';
import { behaviours } from './index.ts';
import type { BehaviourConfig } from './index.ts';

/** Whether every input makes it send, without end. One that answers once ends by itself. */
function answersForEver(config: BehaviourConfig, socketType: SocketType): boolean {
  const { answersOn } = behaviours[config.name];
  return answersOn.includes(socketType) && !('once' in config && config.once === true);
}

/** Whether two behaviours at the two ends of a conversation would answer each other's answers for ever. */
export function wouldLoop(a: BehaviourConfig, b: BehaviourConfig, socketType: SocketType): boolean {
  return answersForEver(a, socketType) && answersForEver(b, socketType);
}
