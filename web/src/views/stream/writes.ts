/** What was written above what was read: groups that begin and end where both sides cut the stream. */
import { joinRanges } from '@socket-playground/shared/streams/join.ts';
import type { ByteRange, Ranges } from '@socket-playground/shared/streams/join.ts';
import type { Direction } from '../../store/rows/ends.ts';
import type { Transfers } from '../../store/journal/stream-ranges.ts';
import { formatNumber, plural } from '../words.ts';
import type { EndPair } from './ends.ts';
import { viewLimits } from './limits.ts';

/** One write or read. `position`: of its row. */
export interface Cut extends ByteRange {
  readonly position: number;
}

export interface Group extends ByteRange {
  readonly is: 'bytes';
  readonly direction: Direction;
  /** Null: that end is outside, and cannot be seen. */
  readonly written: readonly Cut[] | null;
  readonly read: readonly Cut[] | null;
}

/** One direction: what went in, and what came out where that is ours. */
export interface Way {
  readonly direction: Direction;
  readonly writes: Transfers | null;
  readonly reads: Transfers | null;
}

/** The groups of both directions, in the order of their first rows. */
export const groupsOf = (ways: readonly Way[]): readonly Group[] =>
  ways.flatMap(wayGroups).toSorted((a, b) => firstOf(a) - firstOf(b));

/** Groups and ends by their first events. `seqAt`: number of the event at a position. */
export function inOrder(
  groups: readonly Group[],
  ends: readonly EndPair[],
  seqAt: (position: number) => number | null,
): readonly (Group | EndPair)[] {
  const all: (Group | EndPair)[] = [...groups];
  for (const end of ends) {
    const seq = (end.written ?? end.read)?.seq ?? 0;
    const at = all.findIndex((one) => one.is === 'bytes' && (seqAt(firstOf(one)) ?? 0) > seq);
    all.splice(at < 0 ? all.length : at, 0, end);
  }
  return all;
}

const firstOf = ({ written, read }: Group): number => (written?.[0] ?? read?.[0])?.position ?? 0;

function wayGroups({ direction, writes, reads }: Way): Group[] {
  if (writes !== null && reads !== null) return joined(direction, newest(writes), newest(reads));
  const own = newest(writes ?? reads);
  return own.map((cut) => ({
    is: 'bytes',
    direction,
    from: cut.from,
    to: cut.to,
    written: writes === null ? null : [cut],
    read: reads === null ? null : [cut],
  }));
}

function newest(transfers: Transfers | null): Cut[] {
  if (transfers === null) return [];
  const first = Math.max(0, transfers.length - viewLimits.chunks);
  const cuts: Cut[] = [];
  for (let index = first; index < transfers.length; index += 1) {
    const range = transfers.at(index);
    const position = transfers.positionAt(index);
    if (range !== undefined && position !== undefined && range.from < range.to)
      cuts.push({ ...range, position });
  }
  return cuts;
}

interface Growing {
  readonly written: Cut[];
  readonly read: Cut[];
}

/** Pieces that share a write or a read are of one group. */
function joined(direction: Direction, writes: readonly Cut[], reads: readonly Cut[]): Group[] {
  const groups: Growing[] = [];
  let lastWrite = -1;
  let lastRead = -1;
  for (const { write, read } of joinRanges(listOf(writes), listOf(reads))) {
    if (write !== lastWrite && read !== lastRead) groups.push({ written: [], read: [] });
    const group = groups.at(-1);
    const [one, other] = [writes[write], reads[read]];
    if (write !== lastWrite && one !== undefined) group?.written.push(one);
    if (read !== lastRead && other !== undefined) group?.read.push(other);
    [lastWrite, lastRead] = [write, read];
  }
  // What nobody has read.
  for (const cut of writes.slice(lastWrite + 1)) groups.push({ written: [cut], read: [] });
  return groups.map(({ written, read }) => {
    const [first, last] = [written[0] ?? read[0], written.at(-1) ?? read.at(-1)];
    return { is: 'bytes', direction, written, read, from: first?.from ?? 0, to: last?.to ?? 0 };
  });
}

const listOf = (cuts: readonly Cut[]): Ranges => ({ length: cuts.length, at: (index) => cuts[index] });

const ways = { 'to-server': 'to server', 'to-client': 'to client' } as const;

/** `bytes 6 to 16 to server` */
export const placeText = ({ from, to, direction }: Group): string =>
  to - from === 1
    ? `byte ${formatNumber(from)} ${ways[direction]}`
    : `bytes ${formatNumber(from)} to ${formatNumber(to - 1)} ${ways[direction]}`;

/** `3 writes in 1 chunk`; of an end that is outside nothing is said. */
export function countText({ written, read }: Group): string {
  if (read === null) return plural(written?.length ?? 0, 'write');
  if (written === null) return plural(read.length, 'chunk');
  if (read.length === 0) return `${plural(written.length, 'write')}, not read`;
  return `${plural(written.length, 'write')} in ${plural(read.length, 'chunk')}`;
}

/** Bytes of a group that were written and that nobody has read: from here on. */
export const unreadFrom = ({ read, from, to }: Group): number | null => {
  if (read === null) return null;
  const end = read.at(-1)?.to ?? from;
  return end < to ? end : null;
};
