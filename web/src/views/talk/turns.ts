/** One socket's events as a conversation: what was said, by whom, when, and what happened in between. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventOf, SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import { escapedRuns } from '@socket-playground/shared/payload/escapes.ts';
import type { Run } from '@socket-playground/shared/payload/escapes.ts';
import { nsPerSecond } from '@socket-playground/shared/units.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { Direction, Side } from '../../store/rows/ends.ts';
import type { List } from '../../store/rows/rows.ts';
import { pauseNs, timeOf } from '../log/time.ts';
import type { TimeText } from '../log/time.ts';
import { formatSize, listeningWords, plural } from '../words.ts';

export interface ChunkTurn {
  readonly kind: 'chunk';
  readonly seq: number;
  readonly type: 'sent' | 'received';
  readonly direction: Direction;
  readonly runs: readonly Run[];
  readonly size: number;
  /** Bytes that are not here: they can be fetched. */
  readonly missing: number;
  /** The other end of a datagram, where it is not the one of the turn before. */
  readonly peer: string | null;
  readonly time: TimeText;
}

export interface NoteTurn {
  readonly kind: 'note';
  readonly seq: number;
  readonly text: string;
}

export interface FailureTurn {
  readonly kind: 'failure';
  readonly seq: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface PauseTurn {
  readonly kind: 'pause';
  /** Number of the turn after it. */
  readonly seq: number;
  readonly text: string;
}

export type Turn = ChunkTurn | NoteTurn | FailureTurn | PauseTurn;

const secondsPerMinute = 60;

/** `6.3 s`, `2 min 5 s`, `3 h 20 min`. */
function formatPause(ns: number): string {
  const seconds = ns / nsPerSecond;
  if (seconds < secondsPerMinute) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / secondsPerMinute);
  if (minutes < secondsPerMinute) return `${minutes} min ${Math.floor(seconds % secondsPerMinute)} s`;
  return `${Math.floor(minutes / secondsPerMinute)} h ${minutes % secondsPerMinute} min`;
}

const dropReasons: Readonly<Record<EventOf<'dropped'>['reason'], string>> = {
  'kernel-buffer': "the kernel's receive buffer was full",
  'memory-limit': 'memory limit',
  disk: 'the disk did not take them',
};

/** What a person should know of an event between two messages, or null when it says nothing new. */
function noteOf(event: Exclude<SocketEvent, Transfer | EventOf<'failed'>>): string | null {
  switch (event.type) {
    case 'bound':
      return `bound to ${formatAddress(event.local)}`;
    case 'listening':
      return listeningWords(event);
    case 'connecting':
      return `connecting to ${formatAddress(event.remote)}`;
    case 'connected':
      return `connected to ${formatAddress(event.remote)}`;
    case 'accepted':
      return `accepted by #${event.listener}`;
    case 'resolved':
      return `${event.host} is ${event.addresses.map(({ host }) => host).join(', ')}`;
    case 'blocked':
      return `blocked: ${formatSize(event.queued)} wait for the peer`;
    case 'drained':
      return 'drained: nothing waits any more';
    case 'paused':
      return 'paused: not reading';
    case 'resumed':
      return 'reading again';
    case 'ended':
      return event.by === 'local'
        ? 'FIN sent: this side sends no more'
        : 'FIN received: the other side sends no more';
    case 'reset':
      return event.by === 'local' ? 'RST sent' : 'RST received: the other side gave up';
    case 'closed':
      return 'closed';
    case 'behaving':
      return event.behaviour.name === 'none' ? null : `behaves as ${event.behaviour.name}`;
    case 'dropped':
      return `${plural(event.count, 'datagram')} lost: ${dropReasons[event.reason]}`;
    case 'opened':
    case 'option-set':
    case 'segment':
      return null;
    default:
      return unreachable(event);
  }
}

type Runs = (data: Uint8Array) => readonly Run[];

/** Chunks do not change: what was read of one is kept with it. */
export function rememberedRuns(): Runs {
  const known = new WeakMap<Uint8Array, readonly Run[]>();
  return (data) => {
    const runs = known.get(data) ?? [...escapedRuns(data)];
    known.set(data, runs);
    return runs;
  };
}

/** What of a socket's events is read: `end` is the first one that is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** At the tail so many events are kept drawn; a reader of older ones gets more, and nothing of them moves. */
const tailEvents = 60;
const readerEvents = 1000;
const stepEvents = 200;

/** Index of the first event from a number on. */
const indexFrom = (events: List<SocketEvent>, seq: number): number =>
  firstWhere(0, events.length, (index) => (events.at(index)?.seq ?? Infinity) >= seq);

/** The newest events, or for a reader those from event number `from` on. */
export function spanOf(events: List<SocketEvent>, from: number | null): Span {
  if (from === null) return { start: Math.max(0, events.length - tailEvents), end: events.length };
  const start = indexFrom(events, from);
  return { start, end: Math.min(events.length, start + readerEvents) };
}

/** Says which events a span holds: while it stays the same, so do its turns. */
export const spanKey = (events: List<SocketEvent>, { start, end }: Span): string =>
  `${events.at(start)?.seq ?? 0} to ${events.at(end - 1)?.seq ?? 0}`;

/** The number of the event a step before the span: what a reader of older messages reads from. */
export const stepBefore = (events: List<SocketEvent>, { start }: Span): number =>
  events.at(Math.max(0, start - stepEvents))?.seq ?? 1;

interface Reading {
  readonly side: Side | null;
  readonly runs: Runs;
}

const addressText = (address: Address | undefined): string | null =>
  address === undefined ? null : formatAddress(address);

const timeSince = (above: number | null, ns: number): TimeText =>
  timeOf(ns, above, { format: 'start', startedMs: 0 });

/** A span of events as turns, oldest first. */
export function conversationOf(
  events: List<SocketEvent>,
  { start, end }: Span,
  { side, runs }: Reading,
): readonly Turn[] {
  const turns: Turn[] = [];
  let lastNs: number | null = null;
  /** Of the bytes above, ns: what a time need not say again. */
  let above: number | null = null;
  let lastPeer: string | null = null;
  for (let index = start; index < end; index += 1) {
    const event = events.at(index);
    if (event === undefined) continue;
    const turn = turnOf(event, side, runs, above, lastPeer);
    if (turn === null || isAnswered(event, events.at(index + 1))) continue;
    if (lastNs !== null && event.time - lastNs > pauseNs) {
      turns.push({ kind: 'pause', seq: event.seq, text: formatPause(event.time - lastNs) });
      above = null;
    }
    turns.push(turn.kind === 'chunk' ? { ...turn, time: timeSince(above, event.time) } : turn);
    lastNs = event.time;
    if (isTransfer(event)) {
      above = event.time;
      lastPeer = addressText(event.remote);
    }
  }
  return turns;
}

/** That it was tried goes without saying once it worked. */
const isAnswered = (event: SocketEvent, next: SocketEvent | undefined): boolean =>
  event.type === 'connecting' && next?.type === 'connected';

function turnOf(
  event: SocketEvent,
  side: Side | null,
  runs: Runs,
  above: number | null,
  lastPeer: string | null,
): Exclude<Turn, PauseTurn> | null {
  const { seq } = event;
  if (event.type === 'failed') {
    return { kind: 'failure', seq, code: event.code, message: event.message, hint: event.hint };
  }
  if (!isTransfer(event)) {
    const text = noteOf(event);
    return text === null ? null : { kind: 'note', seq, text };
  }
  const peer = addressText(event.remote);
  return {
    kind: 'chunk',
    seq,
    type: event.type,
    direction: directionOf(side, event.type),
    runs: runs(event.data),
    size: event.size,
    missing: event.size - event.data.length,
    peer: peer === lastPeer ? null : peer,
    time: timeSince(above, event.time),
  };
}
