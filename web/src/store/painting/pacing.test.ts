import { beforeEach, describe, expect, it, vi } from 'vitest';
import { afterRest, Pacing } from './pacing.ts';

const caps = {
  ...{ crowdedRate: 6_000, burstMs: 100, restRate: 10_000, longestRestMs: 120 },
  ...{ settleRests: 30, settleMs: 250, longestSettleMs: 1_000 },
};
let now = 0;
let drawn: () => void = () => undefined;
const pacing = () =>
  new Pacing(
    caps,
    () => now,
    (work) => (drawn = work),
  );

beforeEach(() => {
  now = 1_000;
  drawn = () => undefined;
});

/** A frame that was painted `agoMs` after the one before. */
function frame(pace: Pacing, rows: number, agoMs: number): boolean {
  now += agoMs;
  return pace.paints(rows);
}

describe('Pacing', () => {
  it('never rests while each row can be read', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    expect(frame(pace, 96, 16)).toBe(false);
    now += 50;
    drawn();
    expect(pace.restMs).toBe(0);
  });

  it('rests by the square of the rate and by what painting took, once that is on the screen', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    expect(frame(pace, 600, 20)).toBe(true);
    expect(pace.restMs).toBe(0);
    now += 10;
    drawn();
    expect(pace.restMs).toBe(90);
    now += 89;
    expect(pace.restMs).toBe(1);
    now += 1;
    expect(pace.restMs).toBe(0);
  });

  it('is not crowded by a burst, but by bursts that do not end', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    expect(frame(pace, 500, 16)).toBe(false);
    expect(frame(pace, 500, 16)).toBe(true);
  });

  it('is crowded until it has not been for a while: a flood comes in bursts', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    for (let count = 0; count < 20; count += 1) frame(pace, 2_000, 20);
    expect(frame(pace, 0, 99)).toBe(true);
    expect(frame(pace, 0, 2)).toBe(false);
  });

  it('takes many rows after a rest for no higher rate', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    for (let count = 0; count < 20; count += 1) expect(frame(pace, 590, 120)).toBe(false);
  });

  it('brings everything up to date the less often, the longer that takes', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    const dueAfter = (paintMs: number) => {
      frame(pace, 2_000, 20);
      pace.settles();
      now += paintMs;
      drawn();
      let waited = paintMs;
      for (; !pace.isSettleDue; waited += 1) now += 1;
      return waited;
    };
    expect([1, 20, 500].map(dueAfter)).toEqual([caps.settleMs, 600, caps.longestSettleMs]);
  });

  it('shows what comes of a command sooner, for a while', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    frame(pace, 2_000, 20);
    pace.settles();
    now += 100;
    drawn();
    now += caps.settleMs;
    expect(pace.isSettleDue).toBe(false);
    pace.hurry();
    expect(pace.isSettleDue).toBe(true);
    pace.settles();
    expect(pace.isSettleDue).toBe(false);
    now += caps.settleMs;
    expect(pace.isSettleDue).toBe(true);
    now += caps.longestSettleMs - caps.settleMs - 1;
    pace.settles();
    now += caps.settleMs;
    expect(pace.isSettleDue).toBe(false);
  });

  it('does not count frames that bring nothing else up to date', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    frame(pace, 2_000, 20);
    pace.settles();
    drawn();
    frame(pace, 2_000, 20);
    now += 100;
    drawn();
    now += caps.settleMs - 120;
    expect(pace.isSettleDue).toBe(true);
  });

  it('rests no longer than its cap, however slow the machine', () => {
    const pace = pacing();
    frame(pace, 1, 16);
    frame(pace, 5_000, 100);
    now += 900;
    drawn();
    expect(pace.restMs).toBe(caps.longestRestMs);
  });
});

it('has whoever wants the next frame wait until this one is on the screen', () => {
  const pace = pacing();
  const asked = vi.fn();
  frame(pace, 1, 16);
  pace.whenDrawn(asked);
  expect(asked).toHaveBeenCalledTimes(1);
  frame(pace, 600, 20);
  pace.whenDrawn(asked);
  expect(asked).toHaveBeenCalledTimes(1);
  drawn();
  expect(asked).toHaveBeenCalledTimes(2);
});

describe('afterRest', () => {
  it('asks for a frame at once, or when the rest is over', () => {
    vi.useFakeTimers();
    const asked = vi.fn();
    const pace = { restMs: 0, whenDrawn: (work: () => void) => work() };
    const schedule = afterRest(pace, (work) => work());
    schedule(asked);
    expect(asked).toHaveBeenCalledTimes(1);
    pace.restMs = 40;
    schedule(asked);
    vi.advanceTimersByTime(39);
    expect(asked).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(asked).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});
