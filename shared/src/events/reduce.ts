/**
 * Events → the state of each socket. The one place where state comes from: agent, page and recordings share it,
 * so a recording replays exactly as it was seen.
 */
import type { BehaviourConfig } from '../behaviours/index.ts';
import { unreachable } from '../unreachable.ts';
import { literalFamily } from './address.ts';
import { isTransfer } from './event.ts';
import type { EventOf, SocketEvent, Transfer } from './event.ts';
import type { OwnState, SocketState } from './state.ts';

export type SocketTable = ReadonlyMap<number, SocketState>;

const silent: BehaviourConfig = { name: 'none' };

function opened(event: EventOf<'opened'>, table: SocketTable): SocketState {
  const listener = event.listener === undefined ? undefined : table.get(event.listener);
  return {
    socket: event.socket,
    family: event.family,
    socketType: event.socketType,
    label: event.label,
    listener: event.listener ?? null,
    role: event.socketType === 'dgram' ? 'datagram' : 'none',
    state: 'opened',
    local: null,
    remote: null,
    called: null,
    paused: false,
    blocked: false,
    queued: 0,
    backlog: null,
    behaviour: listener?.behaviour ?? silent,
    endedByLocal: false,
    endedByRemote: false,
    resetBy: null,
    lastFailure: null,
    bytesSent: 0,
    bytesReceived: 0,
    eventsSent: 0,
    eventsReceived: 0,
    openedAt: event.time,
    closedAt: null,
  };
}

function failed(state: SocketState, { during, code, message, hint }: EventOf<'failed'>): SocketState {
  const lastFailure = { during, code, message, hint };
  // Behind a failed connect a new kernel socket is bound where the old one was: somebody else may be there by now.
  if (during === 'bind' && state.state === 'bound')
    return { ...state, lastFailure, local: null, state: 'opened' };
  if (during !== 'connect' || state.state !== 'connecting') return { ...state, lastFailure };
  return { ...state, lastFailure, remote: null, state: state.local === null ? 'opened' : 'bound' };
}

function ended(state: SocketState, { by }: EventOf<'ended'>): SocketState {
  const isLocal = by === 'local';
  return {
    ...state,
    state: 'half-closed',
    endedByLocal: isLocal || state.endedByLocal,
    endedByRemote: !isLocal || state.endedByRemote,
  };
}

function listening(state: SocketState, { local, backlog, accept }: EventOf<'listening'>): SocketState {
  const after = { ...state, role: 'listener', state: 'listening', local, backlog } as const;
  return accept === undefined ? after : { ...after, accept };
}

/** Counts a transfer of `size` bytes in the state of its socket, which is changed. */
export function count(state: OwnState, type: Transfer['type'], size: number): OwnState {
  if (type === 'sent') {
    state.bytesSent += size;
    state.eventsSent += 1;
  } else {
    state.bytesReceived += size;
    state.eventsReceived += 1;
  }
  return state;
}

function advance(state: SocketState, event: SocketEvent): SocketState {
  switch (event.type) {
    case 'bound':
      return { ...state, local: event.local, state: state.state === 'opened' ? 'bound' : state.state };
    case 'listening':
      return listening(state, event);
    case 'connecting':
      return {
        ...state,
        state: 'connecting',
        remote: event.remote,
        called: event.remote,
        // A name may lead to both families: each attempt is made on a kernel socket of its address's own.
        family: literalFamily(event.remote.host) ?? state.family,
      };
    case 'connected':
    case 'accepted':
      return {
        ...state,
        role: state.role === 'datagram' ? 'datagram' : 'connection',
        state: 'connected',
        local: event.local,
        remote: event.remote,
      };
    case 'sent':
    case 'received':
      return count({ ...state }, event.type, event.size);
    case 'blocked':
      return { ...state, blocked: true, queued: event.queued };
    case 'drained':
      return { ...state, blocked: false, queued: 0 };
    case 'paused':
      return { ...state, paused: true };
    case 'resumed':
      return { ...state, paused: false };
    case 'ended':
      return ended(state, event);
    case 'reset':
      return { ...state, resetBy: event.by };
    case 'closed':
      return { ...state, state: 'closed', blocked: false, queued: 0, paused: false, closedAt: event.time };
    case 'behaving':
      return { ...state, behaviour: event.behaviour };
    case 'failed':
      return failed(state, event);
    case 'opened':
    case 'option-set':
    case 'resolved':
    case 'dropped':
    case 'segment':
      return state;
    default:
      return unreachable(event);
  }
}

/** The state of the event's socket after it, or undefined when the event belongs to no socket the table knows. */
export function reduce(table: SocketTable, event: SocketEvent): SocketState | undefined {
  if (event.type === 'opened') return opened(event, table);
  const before = event.socket === null ? undefined : table.get(event.socket);
  return before && advance(before, event);
}

/**
 * Applies one event to a table that its owner lets change. What only counts is counted in place, since that is nearly
 * every event under load: whoever keeps a state for later takes a copy.
 */
export function applyTo(table: Map<number, OwnState>, event: SocketEvent): void {
  if (isTransfer(event)) {
    const state = table.get(event.socket);
    if (state) count(state, event.type, event.size);
    return;
  }
  const after = reduce(table, event);
  if (after) table.set(after.socket, after);
}
