import { beforeEach, describe, expect, it, vi } from 'vitest';
import { afterRest, Pacing } from './pacing.ts';

const caps = { crowdedRows: 100, restTimes: 3, longestRestMs: 120 };
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

describe('Pacing', () => {
  it('never rests while each row can be read', () => {
    const pace = pacing();
    expect(pace.painted(caps.crowdedRows, now)).toBe(false);
    now += 50;
    drawn();
    expect(pace.restMs).toBe(0);
  });

  it('rests in proportion to what painting took, once that is on the screen', () => {
    const pace = pacing();
    expect(pace.painted(caps.crowdedRows + 1, now)).toBe(true);
    expect(pace.restMs).toBe(0);
    now += 20;
    drawn();
    expect(pace.restMs).toBe(60);
    now += 59;
    expect(pace.restMs).toBe(1);
    now += 1;
    expect(pace.restMs).toBe(0);
  });

  it('rests no longer than its cap, however slow the machine', () => {
    const pace = pacing();
    pace.painted(5_000, now);
    now += 900;
    drawn();
    expect(pace.restMs).toBe(caps.longestRestMs);
  });
});

describe('afterRest', () => {
  it('asks for a frame at once, or when the rest is over', () => {
    vi.useFakeTimers();
    const asked = vi.fn();
    const pace = { restMs: 0 };
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
