/** What stood before blocks that were never stored, while memory holds them. */
import { expect, it } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { eventOf } from '@socket-playground/shared/events/event.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { tableAfter } from '../../test/disk.ts';
import { PassedBlocks } from './passed-blocks.ts';

const opened = (socket: number): EventBody => ({
  socket,
  type: 'opened',
  family: 'inet',
  socketType: 'stream',
  label: null,
});
const closed = (socket: number): EventBody => ({ socket, type: 'closed' });
const received = (socket: number): EventBody => ({
  socket,
  type: 'received',
  size: 1,
  data: new Uint8Array(1),
});

/** Two events a block. */
const story = [
  opened(1),
  opened(2),
  received(1),
  closed(2),
  opened(3),
  received(3),
  closed(1),
  received(3),
].map((body, index) => eventOf(body, index + 1, index));
const before = (first: number) => tableAfter(story.slice(0, first - 1));

function blockFrom(first: number): Block {
  const block = new Block(first, new Uint8Array(1_024));
  for (const event of story.slice(first - 1, first + 1)) block.append(event);
  return block;
}

it('is told of the oldest of a row, and asked for only once a row', () => {
  const passed = new PassedBlocks();
  const [one, two, three] = [blockFrom(3), blockFrom(5), blockFrom(7)];
  const asked: number[] = [];
  for (const block of [one, two, three]) {
    passed.add(block, () => {
      asked.push(block.first);
      return before(block.first);
    });
  }
  expect(asked).toEqual([3]);
  expect([3, 5, 7, 9].map((first) => passed.has(first))).toEqual([true, true, true, false]);
  expect(passed.standingAt(3)).toEqual(before(3));
  passed.released(one);
  expect([passed.has(3), passed.standingAt(3)]).toEqual([false, undefined]);
  expect(passed.standingAt(5)).toEqual(before(5));
  const told = passed.standingAt(5);
  passed.released(two);
  expect(passed.standingAt(7)).toEqual(before(7));
  // What was told stays as it was.
  expect(told).toEqual(before(5));
  passed.released(three);
  expect([passed.has(7), passed.standingAt(7)]).toEqual([false, undefined]);
});

it('is asked for again behind what was stored', () => {
  const passed = new PassedBlocks();
  const [one, stored, three] = [blockFrom(1), blockFrom(3), blockFrom(5)];
  passed.add(one, () => []);
  passed.add(three, () => before(5));
  expect([passed.standingAt(1), passed.standingAt(3), passed.standingAt(5)]).toEqual([
    [],
    undefined,
    before(5),
  ]);
  passed.released(one);
  passed.released(stored);
  expect([passed.has(5), passed.standingAt(5)]).toEqual([true, before(5)]);
});
