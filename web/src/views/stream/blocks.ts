/** A stream in blocks: what stands under one heading is a turn, a chunk or a message. */
import { messagesOf } from '@socket-playground/shared/streams/framing.ts';
import type { Framing, MessageState } from '@socket-playground/shared/streams/framing.ts';
import type { ByteRange } from '@socket-playground/shared/streams/join.ts';
import { turnsOf } from '@socket-playground/shared/streams/turns.ts';
import { duration } from '../log/time.ts';
import type { Direction } from '../../store/ends.ts';
import { formatNumber, formatSize, plural } from '../words.ts';
import type { Chunk } from './lane.ts';
import type { Stream } from './stream.ts';

export interface Block extends ByteRange {
  readonly direction: Direction;
  /** The event it begins with. */
  readonly chunk: Chunk;
  /** `54 bytes`, `after 314 µs`: what is said of it. */
  readonly says: string;
  readonly isOdd: boolean;
}

export interface Cutting {
  /** Each write and read by itself; in messages, where they were cut. */
  readonly borders: boolean;
  readonly framing: Framing | null;
  readonly only: Direction | null;
}

export const directions = ['to-server', 'to-client'] as const satisfies readonly Direction[];

export function blocksOf(stream: Stream, { borders, framing, only }: Cutting): readonly Block[] {
  const blocks = framing === null ? spokenBlocks(stream, borders) : messageBlocks(stream, framing);
  return only === null ? blocks : blocks.filter(({ direction }) => direction === only);
}

/** Turns, or with borders their chunks. The first of a turn says how long after the other side's last it came. */
function spokenBlocks({ chunks }: Stream, borders: boolean): Block[] {
  return turnsOf(chunks).flatMap(({ first, end, afterNs }) => {
    const turn = chunks.slice(first, end);
    const reply = afterNs === null ? '' : `, after ${duration(afterNs)}`;
    if (borders) return turn.map((chunk, at) => block(chunk, chunk, at === 0 ? reply : ''));
    const last = turn.at(-1);
    const count = turn.length > 1 ? ` in ${formatNumber(turn.length)}` : '';
    return turn
      .slice(0, 1)
      .map((chunk) => block(chunk, { from: chunk.from, to: last?.to ?? chunk.to }, `${count}${reply}`));
  });
}

const block = (chunk: Chunk, { from, to }: ByteRange, more: string): Block => ({
  direction: chunk.direction,
  chunk,
  from,
  to,
  says: `${formatSize(to - from)}${more}`,
  isOdd: false,
});

/** Messages of both directions, each where the read or write stands that completed it. */
function messageBlocks(stream: Stream, framing: Framing): Block[] {
  const completed = directions.flatMap((direction) =>
    laneMessages(stream, direction, framing).map((one) => ({ one, at: lastSeq(stream, one) })),
  );
  return completed.toSorted((a, b) => a.at - b.at).map(({ one }) => one);
}

const lastSeq = (stream: Stream, { direction, to }: Block): number =>
  stream.lane(direction).chunkAt(Math.max(0, to - 1))?.seq ?? 0;

/** Up to the first bytes that are not here: what follows could begin anywhere. */
function laneMessages(stream: Stream, direction: Direction, framing: Framing): Block[] {
  const lane = stream.lane(direction);
  const [start] = lane.solid();
  const known = start?.from === 0 ? start.to : 0;
  const messages = messagesOf(framing, lane.bytes.subarray(0, known)).map(({ from, to, state }, index) => ({
    from,
    to,
    says: `message ${formatNumber(index + 1)}, ${wordsOf(state, to - from)}`,
    isOdd: state.is === 'absurd',
  }));
  const rest = { from: known, to: lane.size, says: 'not cut: bytes before it are not here', isOdd: false };
  const all = known < lane.size ? [...messages, rest] : messages;
  return all.flatMap((message) => {
    const chunk = lane.chunkAt(message.from);
    return chunk === undefined ? [] : [{ ...message, direction, chunk }];
  });
}

function wordsOf(state: MessageState, size: number): string {
  switch (state.is) {
    case 'whole':
      return formatSize(size);
    case 'incomplete':
      return state.wanted === null
        ? `incomplete: ${formatSize(size)} so far`
        : `incomplete: ${formatNumber(size)} of ${plural(state.wanted, 'byte')}`;
    case 'absurd':
      return `its length says ${plural(state.length, 'byte')}: not this framing`;
    case 'uncut':
      return 'too many messages: the rest is not cut';
  }
}
