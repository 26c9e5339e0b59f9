/** The stage of the selected socket: who stands where, and which calls are possible now. */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import type { Side } from '../../store/rows/ends.ts';
import type { Row } from '../../store/rows/rows.ts';
import { nameOf } from '../sockets/describe.ts';
import { serverOf, waitsFor } from '../sockets/who.ts';
import { overSays } from '../over.ts';
import type { Over } from '../over.ts';
import type { Who } from '../sockets/who.ts';

/** What is shown of a socket: its tabs. */
export type View = 'conversation' | 'stream' | 'details' | 'code';

export interface Act {
  readonly name: 'Pause' | 'Resume' | 'End' | 'Close' | 'Reset' | 'Connect again';
  readonly command: Command;
  /** What it does, and when it is not possible why. */
  readonly says: string;
  readonly possible: boolean;
}

const isOpen = ({ state }: SocketState) => state !== 'closed';
const talks = ({ state, role }: SocketState) =>
  role === 'connection' && (state === 'connected' || state === 'half-closed');

function reading(socket: SocketState): Act {
  const possible = isOpen(socket) && (talks(socket) || (socket.role === 'datagram' && socket.local !== null));
  const name = socket.paused ? 'Resume' : 'Pause';
  const says = socket.paused ? 'Read again.' : 'Stop reading: what arrives waits in the kernel.';
  return {
    name,
    command: { type: socket.paused ? 'resume' : 'pause', socket: socket.socket },
    says: possible ? says : 'Only a socket that receives can pause.',
    possible,
  };
}

/** Another client of where this one was, or wanted to: by the address, as it does. Its label was for one socket. */
function again({ socketType, behaviour, state, called, listener }: SocketState): Act | null {
  if (state !== 'closed' || called === null || listener !== null) return null;
  return {
    name: 'Connect again',
    command: {
      type: 'dial',
      socketType,
      ...called,
      ...(behaviour.name === 'none' ? {} : { behaviour }),
    },
    says: `Connect a new socket to ${visible(formatAddress(called))}.`,
    possible: true,
  };
}

function endNote(socket: SocketState): string {
  if (socket.socketType === 'dgram') return 'Datagrams have no end: there is no FIN to send.';
  if (socket.endedByLocal) return 'FIN is sent already.';
  if (!talks(socket)) return 'Only a connection can be ended.';
  return 'Send FIN and keep reading (shutdown).';
}

/**
 * What can be done to a socket now, in the order of its life. A recording has nothing of the kind. `halted`: why nothing
 * can be commanded.
 */
export function actsOf(socket: SocketState, over: Over = null, halted: string | null = null): readonly Act[] {
  if (over === 'recording') return [];
  const says = over === null ? halted : overSays[over];
  const acts = presentActs(socket);
  return says === null ? acts : acts.map((act) => ({ ...act, possible: false, says }));
}

function presentActs(socket: SocketState): readonly Act[] {
  const id = socket.socket;
  const open = isOpen(socket);
  const stream = socket.role === 'connection';
  return [
    again(socket) ?? reading(socket),
    {
      name: 'End',
      command: { type: 'shutdown', socket: id },
      says: endNote(socket),
      possible: talks(socket) && !socket.endedByLocal,
    },
    {
      name: 'Close',
      command: { type: 'close', socket: id },
      says: open ? 'Close the socket (close).' : 'It is closed already.',
      possible: open,
    },
    {
      name: 'Reset',
      command: { type: 'close', socket: id, reset: true },
      says: stream ? 'End at once with RST: what is under way is lost.' : 'Only a connection can be reset.',
      possible: open && stream,
    },
  ];
}

/** One end of the conversation, as its column is headed. */
export interface End {
  readonly side: Side;
  /** Null where no socket of ours stands there. */
  readonly socket: number | null;
  readonly address: Address | null;
  /** "this page", "echo", "outside", "not accepted yet". */
  readonly note: string;
}

export interface Pair {
  readonly client: End;
  readonly server: End;
}

function ownNote(socket: SocketState, side: Side): string {
  const { name } = socket.behaviour;
  if (name !== 'none') return name;
  return side === 'client' ? 'this page' : 'answered by you';
}

function otherEnd(socket: SocketState, side: Side, sockets: SocketTable, who: Who): End {
  const id =
    side === 'client'
      ? who.peerOf(socket.socket)
      : (who.peerOf(socket.socket) ?? serverOf(socket, sockets, who));
  const other = id === null ? undefined : sockets.get(id);
  const address = socket.remote;
  if (other) return { side, socket: other.socket, address, note: ownNote(other, side) };
  const queue = side === 'server' ? waitsFor(socket, sockets, who) : null;
  if (queue !== null) return { side, socket: queue, address, note: 'not accepted yet' };
  const anyone = socket.role === 'datagram' && address === null;
  return { side, socket: null, address, note: anyone ? 'anyone' : 'outside' };
}

/** Client left, server right, whichever of the two is selected. Null for a socket that talks to nobody. */
export function pairOf(socket: SocketState, sockets: SocketTable, who: Who): Pair | null {
  const side = who.sideOf(socket.socket);
  if (side === null || socket.role === 'listener' || socket.role === 'none') return null;
  const own: End = { side, socket: socket.socket, address: socket.local, note: ownNote(socket, side) };
  return side === 'client'
    ? { client: own, server: otherEnd(socket, 'server', sockets, who) }
    : { client: otherEnd(socket, 'client', sockets, who), server: own };
}

export interface Accepted {
  readonly socket: number;
  readonly name: string;
  readonly remote: Address | null;
  readonly openedAt: number;
  readonly closed: boolean;
}

const acceptsMost = 100;

/** The newest connections a listener accepted, oldest first, and how many more there are. */
export function acceptsOf(
  listener: number,
  sockets: SocketTable,
  who: Who,
): { readonly shown: readonly Accepted[]; readonly earlier: number; readonly open: number } {
  const all = [...sockets.values()].filter((socket) => socket.listener === listener);
  const shown = all.slice(-acceptsMost).map((socket) => ({
    socket: socket.socket,
    name: nameOf(socket, sockets, who).main,
    remote: socket.remote,
    openedAt: socket.openedAt,
    closed: socket.state === 'closed',
  }));
  return { shown, earlier: all.length - shown.length, open: all.filter(isOpen).length };
}

/** The conversation of a captured packet, its protocol safe to show; null for any other row. */
export function capturedRow(row: Row | undefined): { conversation: number; protocol: string } | null {
  if (row?.kind !== 'event' || row.event.type !== 'segment' || row.event.stream === null) return null;
  return { conversation: row.event.stream, protocol: visible(row.event.protocol) };
}

/** What can be chosen while nothing is. A recording without sockets has captured packets, or nothing at all. */
export function chooseWords(isWithoutSockets: boolean, hasRows: boolean): string {
  if (!isWithoutSockets) return 'Choose a socket to see what it says and hears.';
  const none = 'No socket was found in this recording.';
  return hasRows ? `${none} Select a captured packet to follow its stream.` : none;
}
