/**
 * Which reads carried which writes of a byte stream (RFC 9293: TCP keeps the order of bytes, not the size of writes).
 *
 * Both sides of one direction count their bytes from its beginning, so ranges alone decide and nothing is guessed:
 * several writes in one read (coalescing) and one write in several reads (splitting) come out as they were.
 */
import { firstWhere } from '../first-where.ts';

/** Bytes of one direction of a connection, from its beginning; `to` is not included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** A growing list of ranges that rise and do not overlap; there may be holes where events are missing. */
export interface Ranges {
  readonly length: number;
  at(index: number): ByteRange | undefined;
}

/** Bytes that went by one write and came by one read, both by their index. */
export interface Piece extends ByteRange {
  readonly write: number;
  readonly read: number;
}

/** Every piece, in the order of the bytes. A write or read of no bytes has none. */
export function joinRanges(writes: Ranges, reads: Ranges): Piece[] {
  const pieces: Piece[] = [];
  let [write, read] = [0, 0];
  for (;;) {
    const [written, taken] = [writes.at(write), reads.at(read)];
    if (written === undefined || taken === undefined) return pieces;
    const from = Math.max(written.from, taken.from);
    const to = Math.min(written.to, taken.to);
    if (from < to) pieces.push({ write, read, from, to });
    if (written.to <= taken.to) write += 1;
    if (taken.to <= written.to) read += 1;
  }
}

/** Indices `first` … `end - 1`. */
export interface Indices {
  readonly first: number;
  readonly end: number;
}

/** Which of the ranges share bytes with this one: none when it has no bytes. Looks at a logarithm of them. */
export function overlapping(ranges: Ranges, { from, to }: ByteRange): Indices {
  const first = firstPassing(ranges, (range) => range.to > from);
  const end = from < to ? firstPassing(ranges, (range) => range.from >= to) : first;
  return { first, end: Math.max(first, end) };
}

/** Index of the first range that passes; those behind it pass too. */
const firstPassing = (ranges: Ranges, passes: (range: ByteRange) => boolean): number =>
  firstWhere(0, ranges.length, (index) => {
    const range = ranges.at(index);
    return range === undefined || passes(range);
  });
