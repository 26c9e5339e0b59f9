/** What stands at the other end of a row: the lane it is on, and the rows there, by stream offset or by datagram. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import { overlapping } from '@socket-playground/shared/streams/join.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';
import type { EventRow } from '../../store/rows/rows.ts';
import { isConversation, lifeOf } from './conversations.ts';
import { outsideLane, socketLane } from './lanes.ts';
import type { Ladder } from './ladder.ts';
import type { Life } from './lives.ts';

export interface OtherSide {
  readonly lane: string;
  /** Whether that lane is a socket of ours: then what happened there was seen. */
  readonly isOurs: boolean;
  /** Absolute positions of the rows that belong together with this one, in order. */
  readonly positions: readonly number[];
  /** It was sent and certainly never arrived. */
  readonly isLost: boolean;
}

type Ranges = Pick<Journal, 'transfersOf'>;

/** The other side of a row; null when it has none. */
export function otherSideOf(
  { event, offset, ends }: EventRow,
  position: number,
  ladder: Ladder,
  journal: Ranges,
): OtherSide | null {
  const life = event.socket === null ? undefined : ladder.lives.get(event.socket);
  if (life === undefined) return null;
  if (!isTransfer(event)) return lifeSide(event, life, ladder);
  if (ends.socketType === 'dgram') return datagramSide(event, position, life, ladder);
  const peer = ladder.peerOf(life.socket);
  if (peer === null || !ladder.lives.has(peer)) return outside(life, '');
  if (offset === null) return ours(peer, []);
  return ours(peer, positionsIn(journal, peer, event, offset));
}

function positionsIn(journal: Ranges, peer: number, { type, size }: Transfer, from: number): number[] {
  const others = journal.transfersOf(peer, type === 'sent' ? 'received' : 'sent');
  const { first, end } = overlapping(others, { from, to: from + size });
  return Array.from({ length: end - first }, (_, at) => others.positionAt(first + at) ?? -1);
}

function datagramSide(event: Transfer, position: number, life: Life, ladder: Ladder): OtherSide {
  const joined = ladder.datagrams.partnerOf(position);
  const other = event.remote === undefined ? null : ladder.talkedTo(life, event.remote);
  if (other === null) return outside(life, ladder.outsideOf(life, event.remote));
  return ours(other, joined === null ? [] : [joined], ladder.datagrams.isLost(position));
}

const passedOn: Readonly<Record<string, string>> = {
  'ended local': 'ended remote',
  'ended remote': 'ended local',
  'reset local': 'reset remote',
  'reset remote': 'reset local',
  accepted: 'connecting',
};

/** An end, a reset or a call that both sides noticed. */
function lifeSide(event: SocketEvent, life: Life, ladder: Ladder): OtherSide | null {
  const key = event.type === 'ended' || event.type === 'reset' ? `${event.type} ${event.by}` : event.type;
  const wanted = passedOn[key];
  if (wanted === undefined || life.socketType === 'dgram') return null;
  const peer = ladder.peerOf(life.socket);
  const other = peer === null ? undefined : ladder.lives.get(peer);
  if (other === undefined) return outside(life, '');
  const position = other.at.get(wanted);
  return ours(other.socket, position === undefined ? [] : [position]);
}

/** The lanes of an event: its own, and the one at the other end. */
export function lanesOfEvent(event: SocketEvent, side: OtherSide | null, ladder: Ladder): readonly string[] {
  const socket = lifeOf(event);
  if (socket === null) return [];
  if (isConversation({ socket })) return [outsideLane(socket, ''), socketLane(socket)];
  const peer = ladder.peerOf(socket);
  const other = side?.lane ?? (peer === null ? undefined : socketLane(peer));
  return [socketLane(socket), ...(other === undefined ? [] : [other])];
}

const ours = (socket: number, positions: readonly number[], isLost = false): OtherSide => ({
  lane: socketLane(socket),
  isOurs: true,
  positions,
  isLost,
});

const outside = ({ socket }: Life, key: string): OtherSide => ({
  lane: outsideLane(socket, key),
  isOurs: false,
  positions: [],
  isLost: false,
});
