/** The rack: every socket as a card, connections nested under their listener, long lists folded. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import { isLoopback } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { plural } from '../words.ts';
import { conditionOf, nameOf, peerOf, protocolOf } from './describe.ts';
import type { Condition, Name } from './describe.ts';
import { bytesBySide } from './who.ts';
import type { Who } from './who.ts';

export interface Card {
  readonly socket: number;
  readonly name: Name;
  readonly condition: Condition;
  /** Where it is: its own address for a server, its own for a connected client, its target while it calls. */
  readonly address: Address | null;
  readonly calling: boolean;
  readonly protocol: string | null;
  /** Null where the socket itself moves no bytes. */
  readonly bytes: { toServer: number; toClient: number } | null;
  readonly connections: string | null;
  /** Its connections are accepted one by one, and it still listens. */
  readonly isManual: boolean;
  readonly gone: boolean;
}

export interface Group {
  readonly head: Card;
  readonly members: readonly Card[];
  /** Members that are folded away. */
  readonly folded: number;
}

export interface Rack {
  readonly groups: readonly Group[];
  /** Top-level cards that are folded away. */
  readonly folded: number;
  /** The loopback host that goes without saying: where room is short, its ports say enough. */
  readonly foldedHost: string | null;
}

/** A list longer than `most` shows `kept` of its entries until more are asked for. */
export const memberFold = { most: 8, kept: 4, step: 100 } as const;
export const topFold = { most: 60, kept: 40, step: 100 } as const;
/** Of those that listen, so many are never folded away. */
export const mostServing = 200;
interface Fold {
  readonly most: number;
  readonly kept: number;
  readonly step: number;
}

export interface RackView {
  readonly selected: number | null;
  /** How many more than the folded list are asked for: by listener, and by null for the top level. */
  readonly more: ReadonlyMap<number | null, number>;
}

/** It calls an address, or called one in vain: there is no end of its own worth showing. */
function isCalling({ state, local, remote, called }: SocketState): boolean {
  return state === 'connecting' || (called !== null && local === null && remote === null);
}

/** An accepted connection's own address is its listener's: the peer's is what tells it apart. */
function addressOf(socket: SocketState): Address | null {
  if (socket.listener !== null) return socket.remote ?? socket.local;
  return isCalling(socket) ? socket.called : (socket.local ?? socket.remote);
}

function cardOf(socket: SocketState, sockets: SocketTable, who: Who, openConnections: number): Card {
  const isListener = socket.role === 'listener';
  const gone = socket.state === 'closed';
  const side = who.sideOf(socket.socket);
  return {
    socket: socket.socket,
    name: nameOf(socket, sockets, who),
    condition: conditionOf(socket, peerOf(socket, sockets, who)),
    address: addressOf(socket),
    calling: isCalling(socket),
    protocol: socket.listener === null && (isListener || side === 'server') ? protocolOf(socket) : null,
    bytes: isListener || socket.role === 'none' ? null : bytesBySide(socket, side),
    connections: isListener && (openConnections > 0 || !gone) ? plural(openConnections, 'connection') : null,
    isManual: socket.accept === 'manual' && !gone,
    gone,
  };
}

const isServing = ({ role, state }: SocketState): boolean => role === 'listener' && state !== 'closed';

/**
 * The entries of a long list that are shown: open ones before closed ones, newer before older, the selected one
 * and whoever listens always, unless very many do. They keep their order, so that a card which stays never moves past another.
 */
function foldList(
  list: readonly SocketState[],
  { most, kept, step }: Fold,
  selected: number | null,
  more: number,
): readonly SocketState[] {
  if (list.length <= most) return list;
  const room = kept + more * step;
  const newest = (entries: readonly SocketState[], count: number) => (count > 0 ? entries.slice(-count) : []);
  const open = newest(
    list.filter(({ state }) => state !== 'closed'),
    room,
  );
  const closed = newest(
    list.filter(({ state }) => state === 'closed'),
    room - open.length,
  );
  const serving = newest(list.filter(isServing), mostServing + more * step);
  const shown = new Set([...open, ...closed, ...serving]);
  return list.filter((entry) => shown.has(entry) || entry.socket === selected);
}

/** Members by listener. A connection whose listener was forgotten stands at the top level. */
function nest(sockets: SocketTable): { top: SocketState[]; members: Map<number, SocketState[]> } {
  const top: SocketState[] = [];
  const members = new Map<number, SocketState[]>();
  for (const socket of sockets.values()) {
    const { listener } = socket;
    const siblings = listener === null ? undefined : members.get(listener);
    if (listener === null || !sockets.has(listener)) top.push(socket);
    else if (siblings) siblings.push(socket);
    else members.set(listener, [socket]);
  }
  return { top, members };
}

export function rackOf(sockets: SocketTable, who: Who, { selected, more }: RackView): Rack {
  const { top, members } = nest(sockets);
  const holds = (entry: SocketState) =>
    (members.get(entry.socket) ?? []).some(({ socket }) => socket === selected);
  const kept = top.find(holds)?.socket ?? selected;
  const shownTop = foldList(top, topFold, kept, more.get(null) ?? 0);
  const groups = shownTop.map((head): Group => {
    const all = members.get(head.socket) ?? [];
    const shown = foldList(all, memberFold, selected, more.get(head.socket) ?? 0);
    const open = all.filter(({ state }) => state !== 'closed').length;
    return {
      head: cardOf(head, sockets, who, open),
      members: shown.map((member) => cardOf(member, sockets, who, 0)),
      folded: all.length - shown.length,
    };
  });
  return {
    groups,
    folded: top.length - shownTop.length,
    foldedHost: foldedHost(groups),
  };
}

const usualHost = '127.0.0.1';

/** A bare port must mean one host: the usual one, or the only loopback host there is. */
function foldedHost(groups: readonly Group[]): string | null {
  const cards = groups.flatMap(({ head, members }) => [head, ...members]);
  const hosts = new Set(cards.flatMap(({ address }) => (address === null ? [] : [address.host])));
  const loopback = [...hosts].filter(isLoopback);
  if (hosts.has(usualHost)) return usualHost;
  return loopback.length === 1 ? (loopback[0] ?? null) : null;
}

export function openCount(sockets: SocketTable): number {
  let open = 0;
  for (const { state } of sockets.values()) if (state !== 'closed') open += 1;
  return open;
}

/** What `Close all` runs: listeners first, with their connections, then everything else that is open. */
export function closeAllCommands(sockets: SocketTable) {
  const open = [...sockets.values()].filter(({ state }) => state !== 'closed');
  const isOpenListener = (id: number | null) => id !== null && sockets.get(id)?.state === 'listening';
  return open
    .filter(({ listener }) => !isOpenListener(listener))
    .map(({ socket, role }) =>
      role === 'listener'
        ? ({ type: 'close', socket, connections: true } as const)
        : ({ type: 'close', socket } as const),
    );
}
