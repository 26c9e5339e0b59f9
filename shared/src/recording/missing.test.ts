import { describe, expect, it } from 'vitest';
import { missingBefore, wasStored } from './missing.ts';
import type { Missing } from './missing.ts';

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
