/** Ratios say something only when both sides did the same work in turns: whatever the sides are. */
import { describe, expect, it } from 'vitest';
import { absolutes, interleave, ratios } from './pairs.mjs';

/**
 * Two sides that note who worked when, and how much. A unit of work takes `b` twice as long as `a`.
 *
 * @param {{ pairs: number, quick: boolean }} effort
 * @param {number} full
 */
async function taken(effort, full) {
  /** @type {[string, number][]} */
  const work = [];
  const side =
    (/** @type {string} */ name, /** @type {number} */ unitSeconds) =>
    async (/** @type {number} */ amount) => {
      work.push([name, amount]);
      return { rate: work.length, busy: 0, seconds: amount * unitSeconds };
    };
  const samples = await interleave(effort, { full, quick: 3 }, { a: side('a', 0.001), b: side('b', 0.002) });
  return { work, samples };
}

describe('two sides', () => {
  it('are taken in turns, after each was warmed up with a little and with as much as the slowest does in 1.5 s', async () => {
    const { work, samples } = await taken({ pairs: 2, quick: false }, 10_000);
    const turn = (/** @type {number} */ amount) => [
      ['a', amount],
      ['b', amount],
    ];
    expect(work).toEqual([...turn(500), ...turn(750), ...turn(750), ...turn(750)]);
    expect(samples.a.map(({ rate }) => rate)).toEqual([5, 7]);
    expect(samples.b.map(({ rate }) => rate)).toEqual([6, 8]);
  });

  it('do no more than they may, and a tiny load is not warmed up for', async () => {
    expect((await taken({ pairs: 1, quick: false }, 100)).work.at(-1)).toEqual(['b', 100]);
    expect((await taken({ pairs: 1, quick: true }, 100)).work).toEqual([
      ['a', 3],
      ['b', 3],
    ]);
  });

  it('are compared pair by pair, the first over the second', () => {
    const rates = (/** @type {number[]} */ ...all) => all.map((rate) => ({ rate, busy: 0, seconds: 1 }));
    expect(ratios(rates(1, 9), rates(2, 3))).toEqual([0.5, 3]);
    expect(ratios(rates(1), [])).toEqual([NaN]);
  });

  it('say in absolute numbers what the middle of their samples is', () => {
    const sample = (/** @type {number} */ rate, busy = 0) => ({ rate, busy, seconds: 1 });
    const [recorded, bare] = [[sample(3, 0.5), sample(1, 0.5), sample(2, 0.9)], [sample(8)]];
    expect(absolutes({ recorded, bare }, 'MB/s')).toBe(
      'recorded 2 MB/s, generator 50 % of a core; bare 8 MB/s',
    );
  });
});
