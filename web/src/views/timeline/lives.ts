/** What is known of a socket's life: from its events, and from what the agent says of it behind a gap. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { outsideLanes } from './limits.ts';

/** One socket from its first event to its last; places are absolute positions of rows. */
export interface Life {
  readonly socket: number;
  readonly first: number;
  last: number | null;
  socketType: SocketType;
  listener: number | null;
  listens: boolean;
  calls: boolean;
  label: string | null;
  behaviour: string | null;
  local: Address | null;
  remote: Address | null;
  /** Where it called, said that it sends no more, heard so, was reset. */
  readonly at: Map<string, number>;
  /** Addresses outside that it talked with. */
  readonly outside: Map<string, Address | null>;
  /** Sockets of ours that sent it datagrams, or that it sent some to. */
  readonly talks: Set<number>;
}

export const others = 'others';

export const lifeFrom = (socket: number, first: number): Life => ({
  ...{ socket, first, last: null, socketType: 'stream', listener: null, listens: false },
  ...{ calls: false, label: null, behaviour: null, local: null, remote: null },
  ...{ at: new Map(), outside: new Map(), talks: new Set() },
});

/** Takes in an address outside. Returns whether it has a lane that was not there. */
export function meetOutside(life: Life, remote: Address | undefined): boolean {
  const key = remote === undefined ? '' : formatAddress(remote);
  if (life.outside.has(key) || life.outside.has(others)) return false;
  const isRoom = life.outside.size < outsideLanes;
  life.outside.set(isRoom ? key : others, isRoom ? (remote ?? null) : null);
  return true;
}

type Behaviour = SocketState['behaviour'];
const behaviourOf = ({ name }: Behaviour): string | null => (name === 'none' ? null : name);

/** What its state says that events would have told. */
export function learnState(life: Life, state: SocketState): void {
  const { socketType, listener, role, label, behaviour, local, remote } = state;
  life.socketType = socketType;
  life.listener = listener;
  life.listens = role === 'listener';
  life.calls ||= role === 'connection' && listener === null;
  life.label = label;
  life.behaviour = behaviourOf(behaviour);
  life.local = local;
  life.remote = remote;
}

/** What an event says of its socket's life. */
export function learn(life: Life, event: SocketEvent, position: number): void {
  switch (event.type) {
    case 'opened':
      life.socketType = event.socketType;
      life.listener = event.listener ?? null;
      life.label = event.label;
      return;
    case 'bound':
      life.local = event.local;
      return;
    case 'listening':
      life.local = event.local;
      life.listens = true;
      return;
    case 'connecting':
      life.calls = true;
      life.remote = event.remote;
      life.at.set('connecting', position);
      return;
    case 'connected':
    case 'accepted':
      life.local = event.local;
      life.remote = event.remote;
      life.at.set(event.type, position);
      return;
    case 'behaving':
      life.behaviour = behaviourOf(event.behaviour);
      return;
    case 'ended':
    case 'reset':
      life.at.set(`${event.type} ${event.by}`, position);
      return;
    default:
  }
}
