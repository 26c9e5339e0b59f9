/** Two ends that answer each other for ever, found before they start. */
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { wouldLoop } from '@socket-playground/shared/behaviours/would-loop.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { leadsTo } from './leads-to.ts';

/** Why a client with this behaviour may not call these addresses, or null. */
export function loopWithServer(
  remotes: readonly Address[],
  socketType: SocketType,
  behaviour: BehaviourConfig,
  states: Iterable<SocketState>,
): Problem | null {
  for (const state of states) {
    const isServer = state.role === 'listener' || state.role === 'datagram';
    const { local } = state;
    if (!isServer || state.socketType !== socketType || local === null) continue;
    const isCalled = remotes.some((remote) => leadsTo(remote, local));
    if (isCalled && wouldLoop(behaviour, state.behaviour, socketType)) return loop(state.socket, behaviour);
  }
  return null;
}

/** Why a socket may not take this behaviour while its peer, also ours, has the one it has; or null. */
export function loopWithPeer(
  own: SocketState,
  behaviour: BehaviourConfig,
  states: Iterable<SocketState>,
): Problem | null {
  const { local, remote } = own;
  if (local === null || remote === null) return null;
  for (const state of states) {
    const isPeer =
      state.socketType === own.socketType && state.local !== null && leadsTo(remote, state.local);
    const talksToOwn = state.remote === null ? state.role === 'datagram' : leadsTo(state.remote, local);
    if (isPeer && talksToOwn && wouldLoop(behaviour, state.behaviour, own.socketType))
      return loop(own.socket, behaviour);
  }
  return null;
}

const loop = (socket: number, { name }: BehaviourConfig) =>
  problem('behaviour-loop', { socket, name }, 'behaviour');
