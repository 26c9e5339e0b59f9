/**
 * Lives → lanes, from left to right: who calls stands left of who answers, the connections of a listener beside it,
 * and what is outside of this agent beside the socket that talked with it.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { drawn } from '../drawn.ts';
import { isConversation } from './conversations.ts';
import type { Ladder } from './ladder.ts';
import { others } from './lives.ts';
import type { Life } from './lives.ts';
import { measures } from './limits.ts';

export interface Lane {
  /** `3` for a socket, `3 127.0.0.1:40312` for an address outside that #3 talked with; `-3 ` and `-3` for both ends of a conversation. */
  readonly key: string;
  readonly life: Life;
  readonly isOutside: boolean;
  readonly address: Address | null;
  /** Distance from the lane before it: 2 between the ends of a connection, 1 between those that have nothing in common. */
  readonly parts: number;
}

export interface PlacedLane extends Lane {
  /** Px from the left edge of the picture. */
  readonly x: number;
}

export const socketLane = (socket: number): string => String(socket);
export const outsideLane = (socket: number, key: string): string => `${socket} ${key}`;

/** All lanes, in the order of the lives' beginnings as far as what belongs together allows. */
export function lanesOf(ladder: Ladder): readonly Lane[] {
  const lanes: Lane[] = [];
  const done = new Set<number>();
  const put = (life: Life, parts: number) => {
    done.add(life.socket);
    lanes.push({ key: socketLane(life.socket), life, isOutside: false, address: life.local, parts });
  };
  const outside = (life: Life, key: string, address: Address | null, parts: number) =>
    lanes.push({ key: outsideLane(life.socket, key), life, isOutside: true, address, parts });

  function connection(life: Life): void {
    const peer = ladder.peerOf(life.socket);
    const caller = peer === null ? undefined : ladder.lives.get(peer);
    if (caller === undefined) outside(life, '', life.remote, 1.2);
    else put(caller, 1.2);
    put(life, 2);
  }

  function datagrams(life: Life): void {
    const callers = [...life.talks].flatMap((socket) => ladder.lives.get(socket) ?? []);
    for (const caller of callers) if (caller.calls && !done.has(caller.socket)) put(caller, 1.2);
    const side = life.calls ? [] : [...life.outside];
    for (const [key, address] of side) outside(life, key, address, 1.2);
    put(life, side.length + callers.length > 0 ? 2 : 1.2);
    if (life.calls) for (const [key, address] of life.outside) outside(life, key, address, 2);
  }

  const lives = [...ladder.lives.values()].sort((a, b) => a.first - b.first);
  const accepted = byListener(lives);
  const answersOurs = (life: Life) => {
    const peer = ladder.peerOf(life.socket);
    return life.calls && peer !== null && ladder.lives.has(peer);
  };
  for (const life of lives) {
    if (done.has(life.socket)) continue;
    if (isConversation(life)) {
      outside(life, '', life.remote, lanes.length === 0 ? 0 : 1.2);
      put(life, 2);
      continue;
    }
    if (life.socketType === 'dgram') {
      const server = [...life.talks]
        .map((socket) => ladder.lives.get(socket))
        .find((other) => other?.calls === false);
      if (life.calls && server !== undefined && !done.has(server.socket)) continue;
      datagrams(life);
      continue;
    }
    if (life.listener !== null && ladder.lives.has(life.listener)) continue;
    if (answersOurs(life)) continue;
    if (life.listener !== null) connection(life);
    else put(life, lanes.length === 0 ? 0 : 1.2);
    if (life.listens) for (const each of accepted.get(life.socket) ?? []) connection(each);
    if (life.calls && life.at.has('connected')) outside(life, '', life.remote, 2);
  }
  for (const life of lives) if (!done.has(life.socket)) put(life, 1.2);
  return lanes;
}

function byListener(lives: readonly Life[]): ReadonlyMap<number, readonly Life[]> {
  const accepted = new Map<number, Life[]>();
  for (const life of lives) {
    if (life.listener === null) continue;
    const known = accepted.get(life.listener);
    if (known === undefined) accepted.set(life.listener, [life]);
    else known.push(life);
  }
  return accepted;
}

/** Whether a lane's socket lived at one of the rows from `from` to `to`. */
export const livesIn = ({ life }: Lane, from: number, to: number): boolean =>
  life.first <= to && (life.last === null || life.last >= from);

export const byKey = (lanes: readonly PlacedLane[]): ReadonlyMap<string, PlacedLane> =>
  new Map(lanes.map((lane) => [lane.key, lane]));

const partsOf = (lanes: readonly Lane[]) =>
  lanes.reduce((sum, { parts }, index) => sum + (index === 0 ? 0.4 : parts), 0);

/** Px that the lanes take at the least. */
export const leastWidth = (lanes: readonly Lane[]): number =>
  measures.ruler + partsOf(lanes) * measures.leastUnit + measures.right;

/** Spreads the lanes over the width; they keep the least distance (px a part), and then need more than there is. */
export function placed(
  lanes: readonly Lane[],
  widthPx: number,
  leastUnit: number = measures.leastUnit,
): readonly PlacedLane[] {
  const room = widthPx - measures.ruler - measures.right;
  const unit = Math.min(measures.mostUnit, Math.max(leastUnit, room / Math.max(1, partsOf(lanes))));
  let x = measures.ruler;
  return lanes.map((lane, index) => {
    x += unit * (index === 0 ? 0.4 : lane.parts);
    return { ...lane, x: Math.round(x) };
  });
}

/**
 * The listener whose connections begin the view while its own lane lies left of it: it is held at the left edge, so that its
 * accepts are seen beside what they led to. Connections stand beside their listener, so there is never more than one.
 */
export function heldListener(lanes: readonly PlacedLane[], left: number): PlacedLane | null {
  const edge = left + measures.ruler;
  const first = lanes.find(({ x, life }) => x >= edge && (life.listener !== null || life.listens));
  const own = lanes.find(({ life, isOutside }) => !isOutside && life.socket === first?.life.listener);
  return own === undefined || own.x >= edge ? null : { ...own, x: edge + measures.held };
}

/** The lanes as they are drawn with that: one that ends a connection from beyond the edge gives way to it. */
export function withHeld(lanes: readonly PlacedLane[], held: PlacedLane | null): readonly PlacedLane[] {
  if (held === null) return lanes;
  const [from, to] = [held.x - measures.held, held.x + measures.held];
  const givesWay = ({ x }: PlacedLane, at: number) => x >= from && x <= to && lanes[at + 1]?.parts !== 2;
  return [...lanes.filter((lane, at) => lane.key !== held.key && !givesWay(lane, at)), held];
}

/** Whether the same stands above and at the same places. */
export const areSame = (some: readonly PlacedLane[], others: readonly PlacedLane[]): boolean =>
  some.length === others.length &&
  some.every(({ key, x, address, life }, at) => {
    const other = others[at];
    return (
      key === other?.key &&
      x === other.x &&
      address === other.address &&
      life.behaviour === other.life.behaviour
    );
  });

/** What stands above a lane: the socket and what it is, then its port. */
export function headOf({ life, isOutside, address, key }: Lane): { id: string; what: string; where: string } {
  const where = address === null ? 'no port' : `:${address.port}`;
  if (isConversation(life)) {
    const what = address === null ? 'unknown' : drawn(address.host);
    return { id: '', what, where: life.socketType === 'dgram' ? `${where} UDP` : where };
  }
  if (isOutside) {
    return { id: '', what: 'outside', where: key.endsWith(others) ? 'others' : where };
  }
  const label = life.label === null ? null : drawn(life.label);
  const what = label ?? life.behaviour ?? (life.listens ? '' : life.calls ? 'client' : '');
  return { id: `#${life.socket}`, what, where: life.socketType === 'dgram' ? `${where} UDP` : where };
}
