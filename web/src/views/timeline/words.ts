/** What the ladder says of its rows: beside a mark, under the pointer, and in the table. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { tcpFlagNames } from '@socket-playground/shared/events/tcp-flags.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import type { EventRow, Row } from '../../store/rows/rows.ts';
import { drawn } from '../drawn.ts';
import { infoOf } from '../log/info.ts';
import { addressText } from '../log/texts.ts';
import { duration } from '../log/time.ts';
import { formatNumber, plural } from '../words.ts';
import type { OtherSide } from './joins.ts';

/** Beside a mark: as short as it can be said. */
export function markWords(event: SocketEvent): string {
  switch (event.type) {
    case 'connecting':
      return `connect to :${event.remote.port}`;
    case 'ended':
    case 'reset':
      return event.by === 'local' ? event.type : `${event.type} by remote`;
    case 'failed':
      return drawn(event.code);
    case 'behaving':
      return `behaves as ${event.behaviour.name}`;
    case 'option-set':
      return event.option;
    case 'resolved':
      return drawn(event.host);
    case 'segment':
      return segmentWords(event);
    case 'dropped':
      return `${plural(event.count, 'datagram')} lost`;
    default:
      return event.type;
  }
}

const wayWords = ({ source, destination }: EventOf<'segment'>): string =>
  [source, destination]
    .map(addressText)
    .map(({ host, port }) => host + port)
    .filter((end) => end !== '')
    .join(' → ');

/** A packet that somebody captured, where no lane has it. */
function segmentWords(segment: EventOf<'segment'>): string {
  const { protocol, size, tcp } = segment;
  const way = wayWords(segment);
  const flags = tcp === undefined ? '' : `[${tcpFlagNames(tcp.flags).join(', ')}]`;
  const moved = size === 0 && tcp !== undefined ? '' : plural(size, 'byte');
  return [visible(protocol), way, flags, moved].filter((part) => part !== '').join('  ');
}

/** The bytes of a row as the composer takes them, as many characters as there is room for. */
export function dataWords(row: EventRow, most: number): string {
  const info = infoOf(row.event, () => null);
  if (info.is !== 'data') return '';
  const text = info.empty ? '(empty)' : info.runs.map((run) => run.text).join('');
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/** What happened, in a few words. */
export function whatWords(row: EventRow): string {
  const { event } = row;
  if (isTransfer(event)) return `${event.type} ${plural(event.size, 'byte')}`;
  // Whose connection it is is said of the other end: here nobody is known yet.
  if (event.type === 'accepted') return `accepted by #${event.listener}`;
  const info = infoOf(event, () => null);
  return info.is === 'life' ? info.text : info.is === 'failure' ? `${info.code} ${info.text}` : info.verb;
}

const laneWords = (lane: string) =>
  /^\d+$/.test(lane) ? `#${lane}` : ['outside', lane.replace(/^\d+ /, '')].join(' ').trim();

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/** The numbers are few, or only the first and the last are said. */
const numbersOf = (rows: readonly EventRow[]) =>
  rows.length <= 4
    ? listed(rows.map(({ event }, index) => `${index === 0 ? 'No. ' : ''}${event.seq}`))
    : `No. ${rows[0]?.event.seq ?? 0} to ${rows.at(-1)?.event.seq ?? 0}`;

/** Who was at the other end, and which rows there belong to this one. */
export function otherWords(
  row: EventRow,
  side: OtherSide | null,
  rowAt: (position: number) => Row | undefined,
): string {
  if (row.event.type === 'segment') return wayWords(row.event);
  if (side === null) return '';
  const others = side.positions.map(rowAt).filter((other) => other?.kind === 'event');
  const who = laneWords(side.lane);
  const { event } = row;
  const comes = isTransfer(event)
    ? event.type === 'received'
    : event.type === 'accepted' || ('by' in event && event.by === 'remote');
  // A client of ours is not known as one before its own end is connected: its address is right then and afterwards.
  if (event.type === 'accepted' && !side.isOurs) return `from ${formatAddress(event.remote)}`;
  const where = `${comes ? 'from' : 'to'} ${who}`;
  if (!isTransfer(event)) return others.length === 0 ? where : `${where}, ${numbersOf(others)}`;
  if (side.isLost) return `${where}, lost: it never arrived`;
  if (others.length === 0)
    return side.isOurs && event.type === 'sent' ? `${where}, not received so far` : where;
  return `${where}, ${event.type === 'sent' ? 'received as' : 'written as'} ${numbersOf(others)}`;
}

const listedMost = 6;

/** `5 and 6 bytes`; of many pieces how many there are. */
function sizesOf(sizes: readonly number[]): string {
  const [only] = sizes;
  if (sizes.length === 1 && only !== undefined) return plural(only, 'byte');
  return sizes.length > listedMost
    ? plural(sizes.length, 'time')
    : `${listed(sizes.map(formatNumber))} bytes`;
}

/** How the bytes of a row were cut at the other end and how long they took; empty when that is not known. */
export function cutWords(
  row: EventRow,
  side: OtherSide | null,
  rowAt: (position: number) => Row | undefined,
): string {
  if (side === null || !isTransfer(row.event)) return '';
  const others = side.positions
    .map(rowAt)
    .flatMap((other) => (other?.kind === 'event' && isTransfer(other.event) ? [other.event] : []));
  const [first, last] = [others[0], others.at(-1)];
  if (first === undefined || last === undefined) return side.isLost ? 'It never arrived.' : '';
  const sizes = sizesOf(others.map(({ size }) => size));
  if (row.event.type === 'received') {
    const took = duration(Math.max(0, row.event.time - last.time));
    return `#${first.socket} wrote ${sizes}, ${others.length > 1 ? 'the last ' : ''}${took} before`;
  }
  return `#${first.socket} read ${sizes}, ${others.length > 1 ? 'the last ' : ''}${duration(Math.max(0, last.time - row.event.time))} later`;
}
