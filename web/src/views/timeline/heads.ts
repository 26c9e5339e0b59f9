/** What stands above the lanes, and how much room each has for it: a number is whole as long as there is any room. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { isConversation } from './conversations.ts';
import { headOf } from './lanes.ts';
import type { PlacedLane } from './lanes.ts';
import { measures } from './limits.ts';

export interface Head {
  readonly key: string;
  /** Px of the lane, and of what stands above it. */
  readonly x: number;
  readonly left: number;
  readonly width: number;
  readonly id: string;
  /** Shortened in its middle where there is no room for all. */
  readonly what: string;
  readonly where: string;
  /** Px by which that stands right of the middle: on its lane, as far as it is whole there. */
  readonly aside: number;
  /** All of it. */
  readonly tip: string;
  readonly isOutside: boolean;
  /** Px to the lane at the other end of its connection, which is the next one; null when there is none. */
  readonly joined: number | null;
  /** No room for words: the number stands upright, or nothing where even that does not fit. */
  readonly form: 'words' | 'upright' | 'none';
}

const idPx = 7.3;
const whatPx = 7.4;
const wherePx = 6.7;
const gapPx = 4;
const aroundPx = 8;
const uprightPx = 13;
/** Its lane is in the middle of it. */
const heldPx = 2 * (measures.ruler + measures.held - measures.corner);

interface Wanted {
  readonly x: number;
  readonly least: number;
  /** Px that all of its words need beyond the least. */
  readonly more: number;
}

/** Where not even the ports have room they give way to the numbers. */
function wantedBy(lane: PlacedLane, isPortWhole: boolean): Wanted {
  const { id, what, where } = headOf(lane);
  const port = where.length * wherePx;
  const own = id === '' ? what.length * whatPx : id.length * idPx;
  const least = isPortWhole ? Math.max(own, port) : own;
  const first = id.length * idPx + (what === '' ? 0 : gapPx + what.length * whatPx);
  return { x: lane.x, least: least + aroundPx, more: Math.max(0, Math.max(first, port) - least) };
}

const isTight = (wanted: readonly Wanted[]): boolean =>
  wanted.some((_, at) => at < wanted.length - 1 && gapAfter(wanted, at) < 0);

export function headsOf(lanes: readonly PlacedLane[]): readonly Head[] {
  const whole = lanes.map((lane) => wantedBy(lane, true));
  const wanted = isTight(whole) ? lanes.map((lane) => wantedBy(lane, false)) : whole;
  return isTight(wanted) ? uprightHeads(lanes) : wordHeads(lanes, wanted);
}

const commonOf = (lane: PlacedLane, next: PlacedLane | undefined) => ({
  ...{ key: lane.key, x: lane.x, tip: tipOf(lane) },
  // Neither end of a captured conversation is ours: none is any further away.
  isOutside: lane.isOutside && !isConversation(lane.life),
  joined: next?.parts === 2 ? next.x - lane.x : null,
});

function wordHeads(lanes: readonly PlacedLane[], wanted: readonly Wanted[]): readonly Head[] {
  const rooms = roomsOf(wanted);
  return lanes.map((lane, at): Head => {
    const { id, what, where } = headOf(lane);
    const [{ left, right } = { left: 0, right: 0 }, { least } = { least: 0 }] = [rooms[at], wanted[at]];
    const width = least + left + right;
    const start = lane.x - least / 2 - left;
    const port = [where, where.replace(' UDP', '')].find((text) => text.length * wherePx < width) ?? '';
    const spare = Math.max(0, (width - port.length * wherePx) / 2);
    const most = Math.floor((width - aroundPx - id.length * idPx - gapPx) / whatPx + 0.01);
    return {
      ...{ ...commonOf(lane, lanes[at + 1]), form: 'words', left: start, width, id },
      what: shortened(what, most),
      where: port,
      aside: Math.max(-spare, Math.min(spare, lane.x - start - width / 2)),
    };
  });
}

function uprightHeads(lanes: readonly PlacedLane[]): readonly Head[] {
  let lastX = -Infinity;
  return lanes.map((lane, at): Head => {
    const { id } = headOf(lane);
    const isShown = id !== '' && lane.x - lastX >= uprightPx;
    if (isShown) lastX = lane.x;
    const left = lane.x - uprightPx / 2;
    const form = isShown ? 'upright' : 'none';
    const words = { id, what: '', where: '', aside: 0 };
    return { ...commonOf(lane, lanes[at + 1]), ...words, form, left, width: uprightPx };
  });
}

/** Of a lane that is held at the edge: from the corner to where others begin. */
export function heldHeadOf(lane: PlacedLane): Pick<Head, 'id' | 'what' | 'where' | 'tip' | 'width'> {
  const { id, what, where } = headOf(lane);
  const width = Math.max(heldPx, where.length * wherePx + aroundPx);
  const most = Math.floor((width - aroundPx - id.length * idPx - gapPx) / whatPx);
  return { id, what: shortened(what, most), where, tip: tipOf(lane), width };
}

/** The first and the last letters of it, as many as there is room for; nothing where that says nothing. */
export function shortened(text: string, most: number): string {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  if (most < 3) return '';
  const end = Math.floor((most - 1) / 2);
  return `${letters.slice(0, most - 1 - end).join('')}…${letters.slice(letters.length - end).join('')}`;
}

function gapAfter(wanted: readonly Wanted[], at: number): number {
  const [one, next] = [wanted[at], wanted[at + 1]];
  if (one === undefined) return 0;
  return next === undefined
    ? measures.right - one.least / 2
    : next.x - next.least / 2 - one.x - one.least / 2;
}

/** Shares the free px between neighbours: each takes what it needs of both sides, evenly when it can. */
function roomsOf(wanted: readonly Wanted[]): readonly { left: number; right: number }[] {
  const rooms = wanted.map(() => ({ left: 0, right: 0 }));
  const first = wanted[0];
  const free = wanted.map((_, at) => Math.max(0, gapAfter(wanted, at)));
  const ahead = first === undefined ? 0 : Math.max(0, first.x - first.least / 2 - measures.corner);
  const freeLeftOf = (at: number) => (at === 0 ? ahead : (free[at - 1] ?? 0));
  for (const [at, { more }] of wanted.entries()) {
    const room = rooms[at];
    if (room === undefined) continue;
    const neighbour = wanted[at + 1]?.more ?? 0;
    const right = free[at] ?? 0;
    room.left = Math.min(freeLeftOf(at), more / 2);
    if (at > 0) free[at - 1] = freeLeftOf(at) - room.left;
    room.right = Math.min(
      more - room.left,
      neighbour === 0 ? right : Math.max(right / 2, right - neighbour / 2),
    );
    free[at] = right - room.right;
  }
  return rooms;
}

function tipOf(lane: PlacedLane): string {
  const { id, what } = headOf(lane);
  const where = lane.address === null ? 'no port' : formatAddress(lane.address);
  return [`${id} ${what}`.trim(), where].join(', ');
}
