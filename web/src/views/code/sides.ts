/** Which sockets stand on either side of what a socket is part of. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { codeLimits } from '@socket-playground/shared/limits.ts';
import type { List } from '../../store/rows/rows.ts';
import { waitsAt } from '../sockets/who.ts';
import type { Who } from '../sockets/who.ts';

/** A listener with the first connections it accepted, or a socket that takes datagrams from anyone. */
export type ServerSide =
  | {
      readonly is: 'listener';
      readonly listener: SocketState;
      readonly clients: readonly SocketState[];
      readonly more: number;
    }
  | { readonly is: 'datagram'; readonly socket: SocketState };

export interface Sides {
  readonly client: number | null;
  readonly server: ServerSide | null;
}

/** What the sides are found in. */
export interface Around {
  readonly sockets: SocketTable;
  readonly who: Who;
  readonly eventsOf: (socket: number) => List<SocketEvent>;
}

/**
 * The sides of the selected socket. `before`: the client that was shown last; it stays while its server is shown, so
 * that a look at another socket of the same server moves nothing.
 */
export function sidesOf(selected: SocketState, around: Around, before: number | null): Sides {
  return selected.socketType === 'stream'
    ? streamSides(selected, around, before)
    : datagramSides(selected, around, before);
}

function streamSides(selected: SocketState, { sockets, who }: Around, before: number | null): Sides {
  const { socket, role, listener } = selected;
  if (role === 'listener') {
    const server = listenerSide(selected, null, sockets);
    return { client: clientOf(server.clients, who, before), server };
  }
  const accepted = listener === null ? acceptedOf(socket, sockets, who) : selected;
  const client = listener === null ? socket : who.peerOf(socket);
  if (accepted === undefined || accepted.listener === null) return { client, server: null };
  const server = sockets.get(accepted.listener) ?? lost(accepted, accepted.listener);
  return { client, server: listenerSide(server, accepted, sockets) };
}

function acceptedOf(socket: number, sockets: SocketTable, who: Who): SocketState | undefined {
  const peer = who.peerOf(socket);
  return peer === null ? undefined : sockets.get(peer);
}

/** A listener that is forgotten: what it was can be told from what it accepted. */
const lost = (accepted: SocketState, listener: number): SocketState => ({
  ...accepted,
  socket: listener,
  listener: null,
  role: 'listener',
  state: 'closed',
  remote: null,
  label: null,
});

/** The first clients, and the one that is looked at among them. */
function listenerSide(
  listener: SocketState,
  chosen: SocketState | null,
  sockets: SocketTable,
): Extract<ServerSide, { is: 'listener' }> {
  const all = [...sockets.values()].filter((state) => state.listener === listener.socket);
  const first = all.slice(0, codeLimits.clients);
  const clients = chosen === null || first.includes(chosen) ? first : [...first.slice(0, -1), chosen];
  return { is: 'listener', listener, clients, more: all.length - clients.length };
}

/** The client shown before, or the newest that is ours. */
function clientOf(accepted: readonly SocketState[], who: Who, before: number | null): number | null {
  const ours = accepted.flatMap(({ socket }) => who.peerOf(socket) ?? []);
  return ours.find((socket) => socket === before) ?? ours.at(-1) ?? null;
}

function datagramSides(selected: SocketState, around: Around, before: number | null): Sides {
  const all = [...around.sockets.values()].filter(({ socketType }) => socketType === 'dgram');
  if (around.who.sideOf(selected.socket) === 'server') {
    const callers = all.filter((state) => calls(state, selected, around));
    const client = callers.find(({ socket }) => socket === before) ?? callers.at(-1);
    return { client: client?.socket ?? null, server: { is: 'datagram', socket: selected } };
  }
  const server = all.find((state) => calls(selected, state, around));
  return { client: selected.socket, server: server ? { is: 'datagram', socket: server } : null };
}

/** Whether one datagram socket has called the other, which takes from anyone. */
function calls(client: SocketState, { socket, remote, local }: SocketState, around: Around): boolean {
  const takesFromAnyone = remote === null && local !== null && around.who.sideOf(socket) === 'server';
  const called = takesFromAnyone ? (client.called ?? firstTarget(around.eventsOf(client.socket))) : null;
  return takesFromAnyone && called !== null && waitsAt(local, called);
}

/** A socket that sends at all does so among its first events. */
const lookedThrough = 16;

function firstTarget(events: List<SocketEvent>): Address | null {
  for (let index = 0; index < Math.min(lookedThrough, events.length); index += 1) {
    const event = events.at(index);
    if (event?.type === 'sent' || event?.type === 'received')
      return event.type === 'sent' ? (event.remote ?? null) : null;
  }
  return null;
}

/** What the programs of these sides depend on: while it stays the same, so do they. */
export function keyOf({ client, server }: Sides, eventsOf: (socket: number) => List<SocketEvent>): string {
  const own = client === null ? [] : [client];
  const sockets = server === null ? own : [...own, ...serverSockets(server)];
  const last = (events: List<SocketEvent>) => events.at(events.length - 1)?.seq ?? 0;
  const counts = sockets.map((socket) => `${socket}:${last(eventsOf(socket))}`);
  return `${client ?? 'nobody'} ${counts.join(' ')} ${server?.is === 'listener' ? server.more : ''}`;
}

const serverSockets = (server: ServerSide): readonly number[] =>
  server.is === 'datagram'
    ? [server.socket.socket]
    : [server.listener.socket, ...server.clients.map(({ socket }) => socket)];
