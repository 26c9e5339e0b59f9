import { describe, expect, it } from 'vitest';
import { missingBefore, missingBehind, wasStored } from './missing.ts';
import type { Missing } from './missing.ts';
import { preambleBytes } from './segment.ts';
import type { SegmentState } from './segment.ts';

const said = (found: readonly Missing[]) => found.map(({ from, to, reason }) => `${from}-${to} ${reason}`);

describe('what is missing where a segment begins', () => {
  const behind = (last: number) => ({ last, isOldest: last === 0 });

  it.each([
    ['nothing', { first: 1, follows: 0 }, 0, []],
    ['nothing behind another', { first: 8, follows: 7 }, 7, []],
    ['what was removed', { first: 9, follows: 8 }, 0, ['1-8 keep-limit']],
    ['what somebody took away', { first: 9, follows: 8 }, 3, ['4-8 not-in-file']],
    ['what the disk did not take', { first: 9, follows: 3 }, 3, ['4-8 disk']],
    ['both, each by itself', { first: 9, follows: 5 }, 3, ['4-5 not-in-file', '6-8 disk']],
    ['both before the first', { first: 9, follows: 5 }, 0, ['1-5 keep-limit', '6-8 disk']],
    ['what the head says', { first: 9, follows: 3, missing: 'memory-limit' }, 3, ['4-8 memory-limit']],
    ['the same of what was stored', { first: 9, follows: 8, missing: 'keep-limit' }, 3, ['4-8 keep-limit']],
    ['no event twice, whatever a head says', { first: 9, follows: 2 ** 40 }, 8, []],
    ['no event before the last', { first: 9, follows: 1 }, 6, ['7-8 disk']],
  ] as const)('%s', (_, head, last, expected) => {
    expect(said(missingBefore(head, behind(last)))).toEqual(expected);
  });
});

it('what a copy says of a reason reads as that reason again', () => {
  for (const isOldest of [true, false])
    for (const missing of ['memory-limit', 'disk', 'keep-limit', 'not-in-file'] as const) {
      const last = isOldest ? 0 : 3;
      const follows = wasStored(missing, isOldest) ? 8 : last;
      expect(said(missingBefore({ first: 9, follows, missing }, { last, isOldest }))).toEqual([
        `${last + 1}-8 ${missing}`,
      ]);
    }
});

describe('what is missing behind the newest segment', () => {
  const headBytes = 100;
  const sizeOf = (events: number) => preambleBytes + headBytes + 32 * events;

  it.each([
    ['nothing', 'ended', 9, sizeOf(9), 9, []],
    ['what it says it had', 'ended', 9, sizeOf(9), 5, ['6-9 not-in-file']],
    ['all of what it had', 'ended', 9, sizeOf(9), 0, ['1-9 not-in-file']],
    ['the same when another follows it', 'continued', 9, sizeOf(9), 5, ['6-9 not-in-file']],
    ['its records, which were taken out', 'continued', 9, sizeOf(9), 0, ['1-9 keep-limit']],
    ['what a copy of any size says', 'ended', 2 ** 40, null, 5, [`6-${2 ** 40} not-in-file`]],
    ['nothing more than it has room for', 'ended', 10, sizeOf(9), 5, []],
    ['nothing while it is written', 'open', null, null, 5, []],
    ['nothing that is there', 'ended', 4, sizeOf(9), 5, []],
  ] satisfies [string, SegmentState, number | null, number | null, number, string[]][])(
    '%s',
    (_, state, end, size, last, expected) => {
      const preamble = { version: 1, state, headBytes, last: end, size };
      const head = { epoch: 'e', started: '', pid: 0, first: 1, follows: 0, standing: [] };
      expect(said(missingBehind({ preamble, head }, { last, isOldest: last === 0 }))).toEqual(expected);
    },
  );
});
