import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchAnswer, SearchQuery } from '../../link/link.ts';
import { DeepSearch } from './deep-search.svelte.ts';
import { limits } from '../limits.ts';

const needle = { is: 'bytes', bytes: Uint8Array.of(1, 2), anyCase: false } as const;
const other = { ...needle, anyCase: true };
const pattern = { is: 'pattern', words: '/a$/' } as const;

/** A link that answers when the test says so. */
function setUp() {
  const asked: SearchQuery[] = [];
  const answers: ((answer: SearchAnswer) => void)[] = [];
  const deep = new DeepSearch((query) => {
    asked.push(query);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = async (seqs: readonly number[], next: number | null = null) => {
    answers.shift()?.({ is: 'found', seqs, next });
    await vi.advanceTimersByTimeAsync(0);
  };
  const pause = () => vi.advanceTimersByTimeAsync(limits.deepPauseMs);
  return { deep, asked, answers, answer, pause };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('looking behind the first bytes', () => {
  it('asks range by range until all is looked through', async () => {
    const { deep, asked, answer } = setUp();
    deep.look([needle], 100);
    expect(deep.isDone([needle], 100)).toBe(false);
    await answer([3, 40], 41);
    await answer([90]);
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      [1, 100],
      [41, 100],
    ]);
    expect(asked[0]).toMatchObject({ what: needle, longerThan: limits.prefixBytes });
    expect([...deep.found(needle)]).toEqual([3, 40, 90]);
    expect(deep.isDone([needle], 100)).toBe(true);
  });

  it('asks once for what came meanwhile, after a moment', async () => {
    const { deep, asked, answer, pause } = setUp();
    deep.look([needle], 10);
    for (let to = 11; to <= 60; to += 1) deep.look([needle], to);
    await answer([]);
    expect(asked).toHaveLength(1);
    await pause();
    await answer([60]);
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      [1, 10],
      [11, 60],
    ]);
    expect(deep.isDone([needle], 60)).toBe(true);
  });

  it('forgets what nobody asks for any more, also when its answer comes late', async () => {
    const { deep, answer } = setUp();
    deep.look([needle], 10);
    deep.look([other], 10);
    await answer([7]);
    expect(deep.found(needle).size).toBe(0);
    await answer([8]);
    expect([...deep.found(other)]).toEqual([8]);
  });

  it('goes on where it was once the link is back', async () => {
    const { deep, asked, answers, answer } = setUp();
    deep.look([needle], 10);
    answers.shift()?.({ is: 'unreachable' });
    await vi.advanceTimersByTimeAsync(0);
    expect(deep.isDone([needle], 10)).toBe(false);
    deep.look([needle], 10);
    await answer([2]);
    expect(asked).toHaveLength(2);
    expect([...deep.found(needle)]).toEqual([2]);
  });

  it('tells whoever looks that nobody waits any more', async () => {
    const { deep, asked, answer } = setUp();
    deep.look([pattern], 10);
    expect(asked[0]).toMatchObject({ what: pattern, longerThan: limits.prefixBytes - 1 });
    expect(asked[0]?.signal.aborted).toBe(false);
    deep.look([needle], 10);
    expect(asked[0]?.signal.aborted).toBe(true);
    await answer([3]);
    expect(deep.found(pattern).size).toBe(0);
  });

  it('asks no more for what cannot be looked for', async () => {
    const { deep, asked, answers } = setUp();
    deep.look([pattern], 10);
    answers.shift()?.({ is: 'refused', problem: { code: 'bad-pattern', message: '', hint: '' } });
    await vi.advanceTimersByTimeAsync(0);
    deep.look([pattern], 20);
    expect(asked).toHaveLength(1);
    expect(deep.isDone([pattern], 10)).toBe(false);
  });

  it('knows nothing of another run', async () => {
    const { deep, answer } = setUp();
    deep.look([needle], 10);
    await answer([2]);
    deep.restart();
    expect(deep.found(needle).size).toBe(0);
  });
});
