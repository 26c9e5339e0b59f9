import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinRanges, overlapping } from './join.ts';
import type { ByteRange } from './join.ts';

/** A stream cut at random: sizes from 0 on, as they came. */
const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });

function rangesOf(cuts: readonly number[]): ByteRange[] {
  let to = 0;
  return cuts.map((size) => ({ from: to, to: (to += size) }));
}

const total = (cuts: readonly number[]) => cuts.reduce((sum, size) => sum + size, 0);
/** Which range each byte belongs to; a stream may have holes. */
const owners = (ranges: readonly ByteRange[], bytes: number) =>
  Array.from({ length: bytes }, (_, byte) => ranges.findIndex(({ from, to }) => from <= byte && byte < to));

describe('joining writes to reads', () => {
  it('three writes come in one read, one write in three reads', () => {
    const [three, one] = [rangesOf([3, 3, 5]), rangesOf([11])];
    expect(joinRanges(three, one).map(({ write, read }) => [write, read])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    expect(joinRanges(one, three).map(({ write, read }) => [write, read])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  it('says of each byte by which write it went and by which read it came, however both were cut and whatever is missing', () => {
    const missing = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(sizes, sizes, missing, missing, (sent, received, sentKept, receivedKept) => {
        const writes = rangesOf(sent).filter((_, index) => sentKept[index]);
        const reads = rangesOf(received).filter((_, index) => receivedKept[index]);
        const bytes = Math.max(total(sent), total(received));
        const [wrote, read] = [owners(writes, bytes), owners(reads, bytes)];
        const pieces = joinRanges(writes, reads);
        const said = Array.from({ length: bytes }, (_, byte) => {
          const piece = pieces.filter(({ from, to }) => from <= byte && byte < to);
          expect(piece.length).toBeLessThanOrEqual(1);
          return piece.map((one) => [one.write, one.read]);
        });
        const true_ = wrote.map((write, byte) => {
          const other = read[byte] ?? -1;
          return write < 0 || other < 0 ? [] : [[write, other]];
        });
        expect(said).toEqual(true_);
        expect(pieces.every(({ from, to }) => from < to)).toBe(true);
      }),
    );
  });

  it('finds what overlaps a range as a walk over all would', () => {
    const range = fc.tuple(fc.nat(120), fc.nat(20)).map(([from, size]) => ({ from, to: from + size }));
    fc.assert(
      fc.property(
        sizes.map((cuts) => rangesOf(cuts).filter(({ from, to }) => from < to)),
        range,
        (ranges, one) => {
          const { first, end } = overlapping(ranges, one);
          const walked = ranges.flatMap((each, index) =>
            Math.max(each.from, one.from) < Math.min(each.to, one.to) ? [index] : [],
          );
          expect(ranges.map((_, index) => index).slice(first, end)).toEqual(walked);
        },
      ),
    );
  });
});
