import { describe, expect, it } from 'vitest';
import { shortestWaitMs, waitAfter } from './announce.ts';

describe('what is announced', () => {
  it('comes at longer and longer intervals while rows keep coming, and at once again after a rest', () => {
    const waits = [0, 1, 2, 3, 4].reduce<number[]>(
      (all) => [...all, waitAfter(all.at(-1) ?? shortestWaitMs, 0)],
      [],
    );
    expect(waits).toEqual([4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(waitAfter(30_000, 31_000)).toBe(shortestWaitMs);
  });
});
