/** Blocks cut into rows of one height, so that any part of a long stream can be shown without the rest. */
import { characterStart, escapedByte, wholeCharacters } from '@socket-playground/shared/streams/forms.ts';
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { ByteRange } from '@socket-playground/shared/streams/join.ts';
import { utf8LengthAt } from '@socket-playground/shared/payload/utf8.ts';
import type { Piece, StreamBlock } from './blocks.ts';
import type { Ending } from './endings.ts';
import type { Lane } from './lane.ts';

export type StreamRow = ByteRow | EndRow;

export interface ByteRow extends ByteRange {
  readonly is: 'bytes';
  readonly block: Piece;
  /** Whether the block begins with it. */
  readonly isHead: boolean;
  /** Its bytes are not here. */
  readonly isHole: boolean;
}

export interface EndRow {
  readonly is: 'end';
  readonly ending: Ending;
}

export interface Look {
  readonly form: StreamForm;
  /** Characters that fit a row. */
  readonly columns: number;
}

export interface Layout {
  readonly length: number;
  at(row: number): StreamRow | undefined;
  /** The row that shows this byte, or -1. */
  rowOf(lane: Lane, place: number): number;
  /** The row of an ending by the number of its event, or -1. */
  rowOfEnd(seq: number): number;
}

/** How wide each byte is on average, in characters. */
const widths: Readonly<Record<Exclude<StreamForm, 'hex'>, Float32Array>> = {
  utf8: Float32Array.from({ length: 256 }, (_, byte) => utf8Width(byte)),
  latin1: Float32Array.from({ length: 256 }, (_, byte) => latin1Width(byte)),
  escaped: Float32Array.from({ length: 256 }, (_, byte) => escapedByte(byte).length),
  python: Float32Array.from({ length: 256 }, (_, byte) => escapedByte(byte).length),
};

function utf8Width(byte: number): number {
  if (byte === 0x5c) return 1;
  if (byte < 0x80) return escapedByte(byte).length;
  return byte >= 0xe0 ? 1 : 0.5;
}

function latin1Width(byte: number): number {
  if (byte >= 0xa0 || byte === 0x5c) return 1;
  return byte < 0x80 ? escapedByte(byte).length : String.raw`\u0080`.length;
}

/** A byte that is no UTF-8 is written as `\xff`. */
const brokenWidth = 4;
const newline = 0x0a;
const wideHex = 16;
const narrowHex = 8;
/** `7b 22 `, and the text beside it. */
const hexColumns = 4 * wideHex + 2;

const hexPerRow = (columns: number): number => (columns >= hexColumns ? wideHex : narrowHex);

/** Rows as three numbers each: a stream may have half a million. */
class Rows implements Layout {
  readonly #blocks: readonly StreamBlock[];
  readonly #block: number[] = [];
  readonly #from: number[] = [];
  /** Negative: a hole. */
  readonly #to: number[] = [];
  /** Rows of each lane: their places rise. */
  readonly #rows = new Map<Lane, number[]>();
  readonly #ends = new Map<number, number>();

  constructor(blocks: readonly StreamBlock[]) {
    this.#blocks = blocks;
  }

  get length(): number {
    return this.#block.length;
  }

  push(index: number, from: number, to: number, isHole: boolean): void {
    const block = this.#blocks[index];
    if (block?.is === 'end') this.#ends.set(block.ending.seq, this.length);
    else if (block !== undefined) this.#rowsOf(block.lane).push(this.length);
    this.#block.push(index);
    this.#from.push(from);
    this.#to.push(isHole ? -to : to);
  }

  at(row: number): StreamRow | undefined {
    const index = this.#block[row] ?? -1;
    const block = this.#blocks[index];
    if (block === undefined) return undefined;
    if (block.is === 'end') return block;
    const [from, to] = [this.#from[row] ?? 0, this.#to[row] ?? 0];
    const isHead = this.#block[row - 1] !== index;
    return { is: 'bytes', block, from, to: Math.abs(to), isHead, isHole: to < 0 };
  }

  rowOfEnd(seq: number): number {
    return this.#ends.get(seq) ?? -1;
  }

  rowOf(lane: Lane, place: number): number {
    const rows = this.#rowsOf(lane);
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#from[rows[middle] ?? -1] ?? Infinity) <= place) low = middle;
      else high = middle - 1;
    }
    return rows[low] ?? -1;
  }

  #rowsOf(lane: Lane): number[] {
    const rows = this.#rows.get(lane) ?? [];
    this.#rows.set(lane, rows);
    return rows;
  }
}

/** A lane while its blocks are cut: what of it is here, and the first piece that is not done with. */
interface Walk {
  readonly solid: readonly ByteRange[];
  at: number;
}

export function layoutOf(blocks: readonly StreamBlock[], look: Look): Layout {
  const rows = new Rows(blocks);
  const walks = new Map<Lane, Walk>();
  for (const [index, block] of blocks.entries()) {
    const push: Push = (from, to, isHole) => rows.push(index, from, to, isHole);
    if (block.is === 'end') push(0, 0, false);
    else {
      const walk = walks.get(block.lane) ?? { solid: block.lane.solid(), at: 0 };
      walks.set(block.lane, walk);
      // Blocks of a lane rise: pieces before this one are done with.
      while ((walk.solid[walk.at]?.to ?? Infinity) <= block.from) walk.at += 1;
      cutBlock(block, walk, look, push);
    }
  }
  return rows;
}

type Push = (from: number, to: number, isHole: boolean) => void;

function cutBlock({ from, to, lane }: Piece, { solid, at }: Walk, look: Look, push: Push): void {
  if (from === to) return push(from, to, false);
  const { bytes } = lane;
  let place = from;
  for (let index = at; place < to; index += 1) {
    const piece = solid[index];
    const begins = Math.min(to, piece?.from ?? to);
    if (place < begins) push(place, begins, true);
    place = Math.max(place, begins);
    if (piece === undefined || place >= to) return;
    const end = Math.min(to, piece.to);
    cutPiece(bytes, { from: place, to: end }, piece, look, push);
    place = end;
  }
}

/** Bytes that are here: `piece` is all of them that belong together, so that characters are known to be cut. */
function cutPiece(bytes: Uint8Array, range: ByteRange, piece: ByteRange, look: Look, push: Push): void {
  if (look.form === 'hex') return cutEvenly(range, hexPerRow(look.columns), push);
  const isText = look.form === 'utf8';
  const width = widths[look.form];
  const { from, to: end } = isText ? wholeCharacters(bytes, range, piece) : range;
  let row = from;
  if (row >= end) return push(row, row, false);
  let used = 0;
  let wholeTo = row;
  for (let place = row; place < end; place += 1) {
    const byte = bytes[place] ?? 0;
    if (isText && place >= wholeTo) wholeTo = place + utf8LengthAt(bytes, place);
    const wide = isText && place >= wholeTo ? brokenWidth : (width[byte] ?? 1);
    used += wide;
    if (used > look.columns && place > row) {
      const cut = isText ? Math.max(row + 1, characterStart(bytes, place, row)) : place;
      push(row, cut, false);
      row = cut;
      used = wide;
    }
    if (byte === newline && place + 1 < end) {
      push(row, place + 1, false);
      row = place + 1;
      used = 0;
    }
  }
  push(row, end, false);
}

function cutEvenly({ from, to }: ByteRange, size: number, push: Push): void {
  for (let row = from; row < to; row += size) push(row, Math.min(to, row + size), false);
}
