/**
 * The two ends of a socket as they were at one event: what Source, Destination and direction are made of.
 * One value is shared by all rows between two changes.
 */
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';

export type Side = 'server' | 'client';
export type Direction = 'to-server' | 'to-client';

export interface Ends {
  readonly socketType: SocketType | null;
  readonly local: Address | null;
  readonly remote: Address | null;
  /** Which end of the conversation this socket is; null while nothing tells. */
  readonly side: Side | null;
  /** A bound datagram socket counts as a server until its first datagram tells otherwise. */
  readonly settled: boolean;
}

export const noEnds: Ends = { socketType: null, local: null, remote: null, side: null, settled: false };

/** The ends of a socket whose beginning is not here, from its state. */
export function endsOf({
  socketType,
  role,
  listener,
  called,
  local,
  remote,
  behaviour,
  eventsReceived,
}: SocketState): Ends {
  const ends = { socketType, local, remote };
  if (called !== null) return { ...ends, side: 'client', settled: true };
  const serves = role === 'listener' || listener !== null || behaviour.name !== 'none' || eventsReceived > 0;
  return {
    ...ends,
    side: serves || (role === 'datagram' && local !== null) ? 'server' : null,
    settled: serves,
  };
}

/** The ends after the event; the same value when nothing changed. */
export function advanceEnds(ends: Ends, event: SocketEvent): Ends {
  switch (event.type) {
    case 'opened':
      return event.listener === undefined
        ? { ...noEnds, socketType: event.socketType }
        : { ...noEnds, socketType: event.socketType, side: 'server', settled: true };
    case 'bound':
      return bound(ends, event.local);
    case 'listening':
      return { ...ends, local: event.local, side: 'server', settled: true };
    case 'connecting':
      return { ...ends, remote: event.remote, side: 'client', settled: true };
    case 'connected':
      return { ...ends, local: event.local, remote: event.remote, side: 'client', settled: true };
    case 'accepted':
      return { ...ends, local: event.local, remote: event.remote, side: 'server', settled: true };
    case 'behaving':
      return behaves(ends, event.behaviour.name);
    case 'sent':
      return ends.settled ? ends : { ...ends, side: 'client', settled: true };
    case 'received':
      return ends.settled ? ends : { ...ends, side: 'server', settled: true };
    case 'failed':
      return event.during === 'connect' ? { ...ends, remote: null } : ends;
    default:
      return ends;
  }
}

function bound(ends: Ends, local: Address): Ends {
  const side = ends.socketType === 'dgram' && ends.side === null ? 'server' : ends.side;
  return { ...ends, local, side };
}

function behaves(ends: Ends, name: string): Ends {
  if (ends.settled || ends.socketType !== 'dgram' || name === 'none') return ends;
  return { ...ends, side: 'server', settled: true };
}

/** Which way bytes went: a client's sent and a server's received go to the server. */
export function directionOf(side: Side | null, type: 'sent' | 'received'): Direction {
  return (side === 'server') === (type === 'received') ? 'to-server' : 'to-client';
}

/** Where an event's bytes came from and went to, from the socket's own perspective. */
export function sourceAndDestination(
  ends: Ends,
  event: SocketEvent,
): { readonly source: Address | null; readonly destination: Address | null } {
  if (event.type === 'received') return { source: event.remote ?? ends.remote, destination: ends.local };
  if (event.type === 'sent') return { source: ends.local, destination: event.remote ?? ends.remote };
  if (event.type === 'segment') return { source: event.source, destination: event.destination };
  const comesFromPeer =
    event.type === 'ended' || event.type === 'reset' ? event.by === 'remote' : ends.side === 'server';
  return comesFromPeer && ends.remote !== null
    ? { source: ends.remote, destination: ends.local }
    : { source: ends.local, destination: ends.remote };
}
