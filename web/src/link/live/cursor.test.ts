import { beforeEach, expect, it } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Cursor } from './cursor.ts';

const event = (seq: number): SocketEvent => ({ seq, time: seq, socket: 1, type: 'paused' });
let cursor: Cursor;

beforeEach(() => {
  cursor = new Cursor();
  cursor.welcome('a');
});

/** What is new of these events, and what is missing before them. */
function take(...seqs: number[]) {
  const { fresh, missing } = cursor.take(seqs.map(event));
  return { fresh: fresh.map(({ seq }) => seq), missing };
}

it.each([
  ['comes next', [3, 4], { fresh: [3, 4], missing: null }],
  ['comes twice', [1, 2], { fresh: [], missing: null }],
  ['comes twice in part', [2, 3], { fresh: [3], missing: null }],
  ['comes behind a hole', [5, 6], { fresh: [5, 6], missing: { from: 3, to: 4 } }],
] as const)('of what %s each event counts once', (_, seqs, expected) => {
  take(1, 2);
  expect(take(...seqs)).toEqual(expected);
});

it('a gap is told as far as it is news, and what follows it is in order', () => {
  take(1, 2);
  expect(cursor.skip({ from: 1, to: 2 })).toBeNull();
  expect(cursor.skip({ from: 1, to: 5 })).toEqual({ from: 3, to: 5 });
  expect(take(6)).toEqual({ fresh: [6], missing: null });
});

it('an agent is asked to go on behind the last event of its own run', () => {
  expect(new Cursor().place).toEqual({});
  take(1, 2);
  cursor.welcome('a');
  expect([cursor.place, cursor.last]).toEqual([{ epoch: 'a', from: 3 }, 2]);
  cursor.welcome('b');
  expect([cursor.place, cursor.last]).toEqual([{ epoch: 'b', from: 1 }, 0]);
});
