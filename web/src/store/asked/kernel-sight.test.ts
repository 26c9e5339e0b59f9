import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { established } from '../../link/testing/fake-agent.ts';
import { KernelSight } from './kernel-sight.svelte.ts';
import { limits } from '../limits.ts';

const viewOf = (sockets: readonly number[]): KernelView => ({
  available: true,
  time: 1,
  sockets: sockets.map(established),
});

/** A kernel that answers at once, and what it was asked. */
function setUp(answer: (sockets: readonly number[]) => KernelView | null = viewOf) {
  const asked: (readonly number[])[] = [];
  const sight = new KernelSight((sockets) => {
    asked.push(sockets);
    return Promise.resolve(answer(sockets));
  });
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { sight, asked, wait };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the kernel, looked into', () => {
  it('is asked while something shows a socket, and no longer', async () => {
    const { sight, asked, wait } = setUp();
    expect(sight.of(1)).toEqual({ is: 'unknown' });
    const leave = sight.follow([1]);
    await wait(0);
    expect(sight.of(1)).toEqual({ is: 'seen', as: established(1) });
    await wait(limits.kernelPauseMs);
    expect(asked).toEqual([[1], [1]]);
    leave();
    await wait(10 * limits.kernelPauseMs);
    expect(asked).toHaveLength(2);
    sight.follow([2]);
    await wait(0);
    expect(asked.at(-1)).toEqual([2]);
  });

  it('is asked once about what is shown in several places, at most five times a second', async () => {
    const { sight, asked, wait } = setUp();
    const first = sight.follow([1, 2]);
    sight.follow([2, 3]);
    await wait(1_000);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(asked.at(-1)).toEqual([1, 2, 3]);
    first();
    await wait(limits.kernelPauseMs);
    expect(asked.at(-1)).toEqual([2, 3]);
  });

  it('says what it has no row of, and what it was not asked about', async () => {
    const { sight, wait } = setUp(() => viewOf([]));
    sight.follow([1]);
    await wait(0);
    expect([sight.of(1), sight.of(2)]).toEqual([{ is: 'absent' }, { is: 'unknown' }]);
    sight.restart();
    expect(sight.of(1)).toEqual({ is: 'unknown' });
  });

  it.each(['system', 'recording'] as const)('that shows nothing (%s) is asked once', async (reason) => {
    const { sight, asked, wait } = setUp(() => ({ available: false, reason }));
    sight.follow([1]);
    await wait(10 * limits.kernelPauseMs);
    expect(sight.of(1)).toEqual({ is: 'unavailable', reason });
    expect(asked).toHaveLength(1);
    sight.restart();
    expect(asked).toHaveLength(2);
  });

  it('while nobody answers is asked less often, and nothing is shown', async () => {
    let answers = true;
    const { sight, asked, wait } = setUp((sockets) => (answers ? viewOf(sockets) : null));
    sight.follow([1]);
    await wait(0);
    answers = false;
    await wait(limits.kernelPauseMs);
    expect(sight.of(1)).toEqual({ is: 'unknown' });
    const before = asked.length;
    await wait(limits.kernelRetryMs);
    expect(asked.length).toBe(before + 1);
  });
});
