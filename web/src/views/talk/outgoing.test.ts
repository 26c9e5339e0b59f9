import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { limits } from '../../store/limits.ts';
import { Outgoing } from './outgoing.svelte.ts';

const went: Outcome = { ok: true, result: { size: 1, queued: 0 } };
const refused: Outcome = {
  ok: false,
  problem: { code: 'EPIPE', message: 'The other side is gone.', hint: 'Open a new one.' },
};
const word = { socket: 3, to: null, bytes: Uint8Array.of(1) };
const large = { ...word, bytes: new Uint8Array(3 * limits.sendPieceBytes) };

/** Answers that come when the test says so. */
function held() {
  const answers: ((outcome: Outcome) => void)[] = [];
  const ran: Command[] = [];
  const run = (command: Command) => {
    ran.push(command);
    return new Promise<Outcome>((resolve) => answers.push(resolve));
  };
  return { run, ran, answer: (outcome = went) => answers.shift()?.(outcome) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is repeated', () => {
  it('goes at once and then each time, until it is stopped', async () => {
    const outgoing = new Outgoing(() => true);
    const run = vi.fn(() => Promise.resolve(went));
    const over = outgoing.send(run, word, 1_000);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(run).toHaveBeenCalledTimes(3);
    expect(outgoing.of(3)).toMatchObject({ times: 3, isOn: true, isLong: true });
    outgoing.stop(3);
    await over;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(run).toHaveBeenCalledTimes(3);
    expect(outgoing.of(3)).toMatchObject({ isOn: false, problem: null, words: 'Sent 3 times.' });
  });

  it('keeps its beat whatever an answer takes, and makes up for none', async () => {
    const outgoing = new Outgoing(() => true);
    const beganMs: number[] = [];
    const takesMs = [400, 2_300, 0, 0];
    const run = () => {
      beganMs.push(performance.now());
      return new Promise<Outcome>((resolve) =>
        setTimeout(() => resolve(went), takesMs[beganMs.length - 1] ?? 0),
      );
    };
    void outgoing.send(run, word, 1_000);
    await vi.advanceTimersByTimeAsync(5_000);
    const between = beganMs.map((ms, index) => Math.round((ms - (beganMs[index - 1] ?? ms)) / 10) * 10);
    expect(between.slice(0, 4)).toEqual([0, 1_000, 2_300, 1_000]);
    outgoing.stop(3);
  });

  it('ends with what is refused, and says why until that is forgotten', async () => {
    const outgoing = new Outgoing(() => true);
    const answers = [went, refused, went];
    void outgoing.send(() => Promise.resolve(answers.shift() ?? went), word, 1_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(outgoing.of(3)).toMatchObject({ times: 1, isOn: false, problem: { code: 'EPIPE' } });
    expect(answers).toHaveLength(1);
    outgoing.forget(3);
    expect(outgoing.of(3)).toBeNull();
  });

  it('goes to no socket of another run', async () => {
    let isPresent = true;
    const run = vi.fn(() => Promise.resolve(went));
    void new Outgoing(() => isPresent).send(run, word, 1_000);
    await vi.advanceTimersByTimeAsync(500);
    isPresent = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('is of each socket for itself', async () => {
    const outgoing = new Outgoing(() => true);
    const run = () => Promise.resolve(went);
    for (const socket of [3, 4]) void outgoing.send(run, { ...word, socket }, 1_000);
    await vi.advanceTimersByTimeAsync(0);
    outgoing.stop(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([outgoing.of(3)?.times, outgoing.of(4)?.times]).toEqual([1, 2]);
    outgoing.stop(4);
  });
});

describe('one thing at a time', () => {
  it('a socket takes nothing more until what is on its way has been answered, stopped or not', async () => {
    const outgoing = new Outgoing(() => true);
    const { run, ran, answer } = held();
    const first = outgoing.send(run, large);
    await vi.advanceTimersByTimeAsync(0);
    outgoing.stop(3);
    expect(await outgoing.send(run, word)).toBe(false);
    answer();
    expect(await first).toBe(false);
    expect(ran).toHaveLength(1);
    expect(outgoing.of(3)).toMatchObject({ isOn: false, words: '512 KiB of 1.5 MiB are with the agent.' });
    const second = outgoing.send(run, word);
    await vi.advanceTimersByTimeAsync(0);
    answer();
    expect(await second).toBe(true);
  });

  it('remembers so many sockets, and forgets none that is busy', async () => {
    const outgoing = new Outgoing(() => true);
    const { run } = held();
    void outgoing.send(run, { ...word, socket: 1 });
    for (let socket = 2; socket <= limits.sheets + 2; socket += 1)
      await outgoing.send(() => Promise.resolve(went), { ...word, socket });
    expect([outgoing.of(1)?.isOn, outgoing.of(2), outgoing.of(limits.sheets + 2)?.times]).toEqual([
      true,
      null,
      1,
    ]);
  });
});
