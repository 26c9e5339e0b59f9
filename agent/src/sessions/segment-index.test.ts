/** Where events are when there are very many segments: looked up, never searched one by one. */
import { describe, expect, it } from 'vitest';
import { SegmentFile } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';

const many = 2_000;
/** Each segment may be looked at a few dozen times over a whole reading; one by one it would be many hundreds. */
const mostLooks = 60 * many;

/** An index of segments that count how often they are looked at. */
function counted(spans: readonly (readonly [first: number, last: number])[]) {
  const index = new SegmentIndex();
  const looks = { count: 0 };
  const see = (value: number) => {
    looks.count += 1;
    return value;
  };
  for (const [first, last] of spans) {
    index.add({
      file: new SegmentFile('nowhere'),
      at: 0,
      get first() {
        return see(first);
      },
      get last() {
        return see(last);
      },
      blocks: [],
    });
    expect(index.first).toBe(
      spans.slice(0, index.segments.length).find(([from, to]) => to >= from)?.[0] ?? null,
    );
  }
  return { index, looks };
}

/** What is missing, from the first event to the last. */
function gapsOf(index: SegmentIndex): (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = [];
  const end = index.last + 1;
  for (let cursor = 1; cursor < end; cursor += 1) {
    const gap = index.gapAt(cursor, end);
    if (gap === null) continue;
    gaps.push([gap.from, gap.to]);
    cursor = gap.to;
  }
  return gaps;
}

describe('very many segments', () => {
  it('with a gap before each are all found, in few looks', () => {
    const { index, looks } = counted(Array.from({ length: many }, (_, at) => [2 * at + 2, 2 * at + 2]));
    expect(gapsOf(index)).toEqual(Array.from({ length: many }, (_, at) => [2 * at + 1, 2 * at + 1]));
    expect([index.first, index.last]).toEqual([2, 2 * many]);
    expect(looks.count).toBeLessThan(mostLooks);
  });

  it('without events are passed over, in few looks', () => {
    const empty = Array.from({ length: many }, (_, at) => [at + 1, at] as const);
    const { index, looks } = counted([...empty, [many + 1, many + 2], [many + 3, many + 2]]);
    expect(gapsOf(index)).toEqual([[1, many]]);
    expect([index.first, index.last, index.holds(many + 2)]).toEqual([many + 1, many + 2, true]);
    expect(looks.count).toBeLessThan(mostLooks);
  });
});

it('the first event is that of the oldest segment that has one, also when it only gets it, or goes', () => {
  const index = new SegmentIndex();
  const file = new SegmentFile('nowhere');
  const add = (first: number, last: number) => {
    const segment = { file, at: 0, first, last, blocks: [] };
    index.add(segment);
    return segment;
  };
  add(1, 0);
  const newest = add(5, 4);
  expect(index.first).toBeNull();
  newest.last = 6;
  add(9, 9);
  expect([index.first, index.gapAt(1, 10)?.to, index.gapAt(7, 10)?.to]).toEqual([5, 4, 8]);
  index.removeOldest();
  index.removeOldest();
  expect([index.first, index.holds(9), index.gapAt(1, 10)]).toEqual([
    9,
    true,
    { type: 'gap', from: 1, to: 6, reason: 'keep-limit' },
  ]);
});

it('where two reasons meet each keeps its own events, and those of one reason are one gap', () => {
  const index = new SegmentIndex();
  const file = new SegmentFile('nowhere');
  const add = (first: number, last: number, told?: Parameters<SegmentIndex['add']>[1]) =>
    index.add({ file, at: 0, first, last, blocks: [] }, told);
  add(1, 2);
  add(5, 4, { follows: 2, missing: 'memory-limit' });
  add(8, 7);
  add(9, 8);
  add(12, 12, { follows: 10 });
  add(15, 14, { follows: 14, missing: 'keep-limit' });
  const gaps = gapsOf(index).map(([from, to]) => [from, to, index.gapAt(from, 20)?.reason]);
  expect(gaps).toEqual([
    [3, 4, 'memory-limit'],
    [5, 8, 'disk'],
    [9, 10, 'not-in-file'],
    [11, 11, 'disk'],
    [13, 14, 'keep-limit'],
  ]);
  index.removeOldest();
  expect([index.gapAt(1, 20), index.gapAt(3, 20)]).toMatchObject([
    { from: 1, to: 2, reason: 'keep-limit' },
    { from: 3, to: 4, reason: 'memory-limit' },
  ]);
});
