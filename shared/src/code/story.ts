/** What a program is made from: the events of one socket, from its first on, with what had to be left out said. */
import type { OwnEvent, SocketEvent } from '../events/event.ts';
import type { SocketState } from '../events/state.ts';

/** Events in the middle of a long story that nobody looks at. */
export interface Omitted {
  readonly type: 'omitted';
  /** Number of the first and the last of them. */
  readonly seq: number;
  readonly to: number;
  readonly count: number;
}

export type Told = OwnEvent | Omitted;

export interface Story {
  readonly socket: number;
  /** What is known of it where its first events are gone. */
  readonly state: SocketState;
  readonly told: readonly Told[];
}

interface List {
  readonly length: number;
  at(index: number): SocketEvent | undefined;
}

/** The newest events are worth a sixth of what is told: they show how it ended. */
const newestPart = 6;

/** The story of a socket in at most `most` events: its first ones and its newest. */
export function storyOf(state: SocketState, events: List, most: number): Story {
  return { socket: state.socket, state, told: toldOf(events, most) };
}

function toldOf(events: List, most: number): Told[] {
  if (events.length <= most) return range(events, 0, events.length);
  const newest = Math.ceil(most / newestPart);
  const from = most - newest;
  const to = events.length - newest;
  return [...range(events, 0, from), ...omitted(events, from, to), ...range(events, to, events.length)];
}

function range(events: List, from: number, to: number): OwnEvent[] {
  const found: OwnEvent[] = [];
  for (let index = from; index < to; index += 1) {
    const event = events.at(index);
    if (event !== undefined && event.type !== 'segment') found.push(event);
  }
  return found;
}

function omitted(events: List, from: number, to: number): Omitted[] {
  const first = events.at(from);
  const last = events.at(to - 1);
  return first && last ? [{ type: 'omitted', seq: first.seq, to: last.seq, count: to - from }] : [];
}
