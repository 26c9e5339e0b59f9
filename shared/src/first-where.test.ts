import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWhere } from './first-where.ts';

describe('the first for which something holds', () => {
  it('is found wherever it is, and is the end when there is none', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), (from, length, ahead) => {
        const to = from + length;
        const first = Math.min(to, from + ahead);
        expect(firstWhere(from, to, (index) => index >= first)).toBe(first);
      }),
    );
  });

  it('is looked for among very many in few steps, and among none not at all', () => {
    const asked: number[] = [];
    const wanted = 2 ** 40 + 7;
    const found = firstWhere(0, 2 ** 41, (index) => (asked.push(index), index >= wanted));
    expect(found).toBe(wanted);
    expect(asked.length).toBeLessThanOrEqual(42);
    expect(firstWhere(5, 5, () => expect.fail())).toBe(5);
  });
});
