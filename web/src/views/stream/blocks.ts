/** Streams in blocks: what stands under one heading is a turn, a chunk, a message or an ending. */
import { messagesOf } from '@socket-playground/shared/streams/framing.ts';
import type { Framing, Message } from '@socket-playground/shared/streams/framing.ts';
import type { ByteRange } from '@socket-playground/shared/streams/join.ts';
import { oddRanges } from '@socket-playground/shared/streams/odd.ts';
import { turnsOf } from '@socket-playground/shared/streams/turns.ts';
import { formatEscapes } from '@socket-playground/shared/payload/escapes.ts';
import { duration } from '../log/time.ts';
import type { Direction } from '../../store/rows/ends.ts';
import { formatNumber, formatSize, plural } from '../words.ts';
import type { Ending } from './endings.ts';
import type { Chunk, Lane } from './lane.ts';
import type { Stream } from './stream.ts';

export type StreamBlock = Piece | EndBlock;

/** Bytes of one lane. */
export interface Piece extends ByteRange {
  readonly is: 'piece';
  readonly lane: Lane;
  /** The event it begins with. */
  readonly chunk: Chunk;
  /** `54 bytes`, `after 314 µs`: what is said of it. */
  readonly says: string;
  readonly isOdd: boolean;
}

interface EndBlock {
  readonly is: 'end';
  readonly ending: Ending;
}

export interface Cutting {
  /** Each write and read by itself; in messages, where they were cut. */
  readonly borders: boolean;
  readonly framing: Framing | null;
  readonly only: Direction | null;
}

/** In the order of time. */
export function blocksOf(stream: Stream, { borders, framing, only }: Cutting): readonly StreamBlock[] {
  const pieces = framing === null ? spokenPieces(stream, borders) : messagePieces(stream, framing);
  const ends = stream.endings.map((ending) => ({ at: ending.seq, block: { is: 'end', ending } as const }));
  const placed: { at: number; block: StreamBlock }[] = [...pieces, ...ends];
  const blocks = placed.toSorted((a, b) => a.at - b.at).map(({ block }) => block);
  return only === null ? blocks : blocks.filter((block) => goes(block, only));
}

const goes = (block: StreamBlock, only: Direction): boolean =>
  block.is === 'end' ? (block.ending.direction ?? only) === only : block.lane.direction === only;

/** `at`: number of the event that puts it where it stands. */
interface Placed {
  readonly at: number;
  readonly block: Piece;
}

/** Turns, or with borders their chunks. The first of a turn says how long after the other side's last it came. */
function spokenPieces(stream: Stream, borders: boolean): Placed[] {
  const { chunks } = stream;
  return turnsOf(chunks, endsBefore(stream)).flatMap(({ first, end, afterNs }) => {
    const turn = chunks.slice(first, end);
    const reply = afterNs === null ? '' : `, after ${duration(afterNs)}`;
    if (borders) return turn.map((chunk, at) => spoken(stream, chunk, chunk, at === 0 ? reply : ''));
    const last = turn.at(-1);
    const count = turn.length > 1 ? ` in ${plural(turn.length, 'chunk')}` : '';
    return turn
      .slice(0, 1)
      .map((chunk) => spoken(stream, chunk, { from: chunk.from, to: last?.to ?? chunk.to }, count + reply));
  });
}

/** Indexes of the chunks that are the first after an ending. */
function endsBefore({ chunks, endings }: Stream): ReadonlySet<number> {
  return new Set(endings.map(({ seq }) => chunks.findIndex((chunk) => chunk.seq > seq)));
}

function spoken(stream: Stream, chunk: Chunk, { from, to }: ByteRange, more: string): Placed {
  const says = `${formatSize(to - from)}${more}`;
  return {
    at: chunk.seq,
    block: { is: 'piece', lane: stream.lane(chunk), chunk, from, to, says, isOdd: false },
  };
}

/** Messages of all lanes, each where the read or write stands that completed it. */
const messagePieces = (stream: Stream, framing: Framing): Placed[] =>
  stream.lanes.flatMap((lane) =>
    lanePieces(lane, framing).map((block) => ({
      at: lane.chunkAt(Math.max(0, block.to - 1))?.seq ?? 0,
      block,
    })),
  );

/** Up to the first bytes that are not here: what follows could begin anywhere. */
function lanePieces(lane: Lane, framing: Framing): Piece[] {
  const [start] = lane.solid();
  const known = start?.from === 0 ? start.to : 0;
  const isText = framing.is === 'lines';
  const messages = messagesOf(framing, lane.bytes.subarray(0, known)).map((message, index) => {
    const { words, isOdd } = said(message, lane, isText);
    const name = isText ? 'line' : 'message';
    return {
      from: message.from,
      to: message.to,
      says: `${name} ${formatNumber(index + 1)}, ${words}`,
      isOdd,
    };
  });
  const rest = { from: known, to: lane.size, says: 'not cut: bytes before it are not here', isOdd: false };
  const all = known < lane.size ? [...messages, rest] : messages;
  return all.flatMap((message) => {
    const chunk = lane.chunkAt(message.from);
    return chunk === undefined ? [] : [{ is: 'piece', ...message, lane, chunk }];
  });
}

interface Said {
  readonly words: string;
  readonly isOdd: boolean;
}

const calm = (words: string): Said => ({ words, isOdd: false });
const odd = (words: string): Said => ({ words, isOdd: true });

function said(message: Message, lane: Lane, isText: boolean): Said {
  const { state, from, to } = message;
  const size = to - from;
  switch (state.is) {
    case 'whole':
      return (isText ? broken(lane, message) : null) ?? calm(formatSize(size));
    case 'incomplete':
      return incomplete(size, state.wanted, lane.isOver);
    case 'absurd':
      return odd(`its length says ${plural(state.length, 'byte')}: not this framing`);
    case 'uncut':
      return calm('too many messages: the rest is not cut');
  }
}

function incomplete(size: number, wanted: number | null, isOver: boolean): Said {
  const has = wanted === null ? formatSize(size) : `${formatNumber(size)} of ${plural(wanted, 'byte')}`;
  if (isOver) return odd(`incomplete: ${has}, and no more came`);
  return calm(wanted === null ? `incomplete: ${has} so far` : `incomplete: ${has}`);
}

/** `10 bytes, \xff at byte 5 is no text`: the first byte that breaks it; null when none does. */
function broken({ bytes }: Lane, { from, to }: ByteRange): Said | null {
  const [first] = oddRanges(bytes, { from, to });
  if (first === undefined) return null;
  const byte = formatEscapes(bytes.subarray(first.from, first.from + 1));
  return odd(`${formatSize(to - from)}, ${byte} at byte ${formatNumber(first.from - from + 1)} is no text`);
}
