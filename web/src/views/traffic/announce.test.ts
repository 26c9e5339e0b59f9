import { describe, expect, it } from 'vitest';
import { noEnds } from '../../store/rows/ends.ts';
import type { Row } from '../../store/rows/rows.ts';
import { announcement, shortestWaitMs, waitAfter } from './announce.ts';

describe('what is announced', () => {
  it('comes at longer and longer intervals while rows keep coming, and at once again after a rest', () => {
    const waits = [0, 1, 2, 3, 4].reduce<number[]>(
      (all) => [...all, waitAfter(all.at(-1) ?? shortestWaitMs, 0)],
      [],
    );
    expect(waits).toEqual([4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(waitAfter(30_000, 31_000)).toBe(shortestWaitMs);
  });

  it('hides nothing that a file says', () => {
    const said = { during: 'connect', code: 'E', errno: null, message: 'gone\u202e', hint: '' };
    const event = { seq: 1, time: 1, socket: 5, type: 'failed', ...said } as const;
    const row: Row = {
      kind: 'event',
      run: 0,
      event,
      ends: noEnds,
      offset: null,
      lanes: { taken: 0, own: -1 },
    };
    expect(announcement(1, row)).toBe(String.raw`1 new row. #5 failed: gone\u202e`);
  });
});
