import { expect, it } from 'vitest';
import { Journal } from '../../store/journal/journal.svelte.ts';
import { noEnds } from '../../store/rows/ends.ts';
import { numbered, opened } from '../../store/testing/events.ts';
import type { Row } from '../../store/rows/rows.ts';
import type { Sieve } from './filter/sieve.ts';
import { Finder } from './finder.svelte.ts';

const rows = 6_000;
const matching = 5_500;

/** Takes longer over each thousand rows than a frame leaves for it. */
const slow: Sieve = Object.assign(
  ({ block, from, to }: Parameters<Sieve>[0]) => {
    for (const since = performance.now(); performance.now() - since < 11;);
    return Uint8Array.from({ length: to }, (_, slot) =>
      slot >= from && block.seqs[slot] === matching ? 1 : 0,
    );
  },
  { partRows: 1_000 },
);

function setUp() {
  const journal = new Journal({ rows, payloadBytes: 1e9 });
  for (const event of numbered(Array.from({ length: rows }, () => opened(1))))
    journal.append(event, noEnds, 0);
  journal.publish();
  const frames: (() => void)[] = [];
  const gone: Row[] = [];
  const finder = new Finder(
    {
      journal,
      sieveOf: () => slow,
      needlesOf: () => [],
      withBeyond: (terms) => terms,
      terms: () => [],
      from: () => 0,
      go: (row) => gone.push(row),
    },
    (work) => void frames.push(work),
  );
  const frame = () => frames.shift()?.();
  return { finder, gone, frame, frames };
}

it.each([1, -1] as const)('a step (%d) far away is taken once it is found, a part a frame', (way) => {
  const { finder, gone, frame, frames } = setUp();
  finder.text = 'far';
  expect(finder.step(way)).toBe(true);
  let count = 0;
  for (; frames.length > 0 && gone.length === 0; count += 1) frame();
  expect(count).toBe(5);
  expect(gone).toMatchObject([{ event: { seq: matching } }]);
  while (frames.length > 0) frame();
  expect(gone).toHaveLength(1);
});

it.each([
  ['something else is asked', (finder: Finder) => (finder.text = 'else')],
  ['Find is closed', (finder: Finder) => (finder.isOpen = false)],
])('is not taken any more when %s', (_when, leave) => {
  const { finder, gone, frame, frames } = setUp();
  finder.text = 'far';
  finder.step(1);
  leave(finder);
  while (frames.length > 0) frame();
  expect(gone).toEqual([]);
});
