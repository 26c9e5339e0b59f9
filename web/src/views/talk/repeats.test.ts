import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { readEvery, Repeats } from './repeats.svelte.ts';

const went: Outcome = { ok: true, result: { size: 1, queued: 0 } };
const refused: Outcome = {
  ok: false,
  problem: { code: 'EPIPE', message: 'The other side is gone.', hint: 'Open a new one.' },
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is repeated', () => {
  it('goes at once and then each time, until it is stopped', async () => {
    const repeats = new Repeats(() => true);
    const send = vi.fn(() => Promise.resolve(went));
    void repeats.start(3, 1_000, send);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(send).toHaveBeenCalledTimes(3);
    expect(repeats.of(3)).toMatchObject({ times: 3, isOn: true });
    repeats.stop(3);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(send).toHaveBeenCalledTimes(3);
    expect(repeats.of(3)).toMatchObject({ times: 3, isOn: false, problem: null });
  });

  it('keeps its beat whatever an answer takes, and makes up for none', async () => {
    const repeats = new Repeats(() => true);
    const beganMs: number[] = [];
    const takesMs = [400, 2_300, 0, 0];
    void repeats.start(3, 1_000, () => {
      beganMs.push(performance.now());
      return new Promise((resolve) => setTimeout(() => resolve(went), takesMs[beganMs.length - 1] ?? 0));
    });
    await vi.advanceTimersByTimeAsync(5_000);
    const between = beganMs.map((ms, index) => Math.round((ms - (beganMs[index - 1] ?? ms)) / 10) * 10);
    expect(between.slice(0, 4)).toEqual([0, 1_000, 2_300, 1_000]);
    repeats.stop(3);
  });

  it('ends with what is refused, and says why until that is forgotten', async () => {
    const repeats = new Repeats(() => true);
    const answers = [went, refused, went];
    void repeats.start(3, 1_000, () => Promise.resolve(answers.shift() ?? went));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(repeats.of(3)).toMatchObject({ times: 1, isOn: false, problem: { code: 'EPIPE' } });
    expect(answers).toHaveLength(1);
    repeats.forget(3);
    expect(repeats.of(3)).toBeNull();
  });

  it('counts one that was on its way when it was stopped, and not for the next', async () => {
    const repeats = new Repeats(() => true);
    const answers: (() => void)[] = [];
    const send = () => new Promise<Outcome>((resolve) => answers.push(() => resolve(went)));
    void repeats.start(3, 1_000, send);
    const first = repeats.of(3);
    repeats.stop(3);
    void repeats.start(3, 1_000, send);
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(3_000);
    expect([first?.times, repeats.of(3)?.times, answers.length]).toEqual([1, 0, 2]);
    repeats.stop(3);
  });

  it('goes to no socket of another run', async () => {
    let isPresent = true;
    const send = vi.fn(() => Promise.resolve(went));
    void new Repeats(() => isPresent).start(3, 1_000, send);
    await vi.advanceTimersByTimeAsync(500);
    isPresent = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is of each socket for itself', async () => {
    const repeats = new Repeats(() => true);
    for (const socket of [3, 4]) void repeats.start(socket, 1_000, () => Promise.resolve(went));
    await vi.advanceTimersByTimeAsync(0);
    repeats.stop(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([repeats.of(3)?.times, repeats.of(4)?.times]).toEqual([1, 2]);
    repeats.stop(4);
  });
});

it('is said in seconds', () => {
  expect(['1', '0.5', ' .25 ', '0.01', '86400'].map(readEvery)).toEqual([1_000, 500, 250, 10, 86_400_000]);
  expect(
    ['', '0', '-1', '1e3', '0.009', '86401', 'soon', '1,5'].filter((typed) => readEvery(typed) !== null),
  ).toEqual([]);
});
