import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { TimeWindow } from './time-window.svelte.ts';

const second = 1e9;

function setUp(newest = 60 * second) {
  const now = { ns: newest };
  return { now, window: new TimeWindow(() => now.ns) };
}

const part = ({ from, to }: TimeWindow) => [from, to];

describe('the window of time', () => {
  it('follows the newest event until another part is chosen, and again when asked to', () => {
    const { now, window } = setUp();
    expect(window.to).toBe(60 * second);
    window.show(second, 3 * second);
    now.ns = 90 * second;
    expect([window.follows, ...part(window)]).toEqual([false, second, 3 * second]);
    window.follow();
    expect([window.follows, ...part(window)]).toEqual([true, 88 * second, 90 * second]);
    window.follow(10 * second);
    expect(part(window)).toEqual([80 * second, 90 * second]);
    window.stay();
    expect([window.follows, ...part(window)]).toEqual([false, 80 * second, 90 * second]);
  });

  it('zooms around a time, which stays where it is seen', () => {
    const { window } = setUp();
    window.show(10 * second, 20 * second);
    window.zoom(2, 12 * second);
    expect(part(window)).toEqual([11 * second, 16 * second]);
    window.zoom(0.5, 12 * second);
    expect(part(window)).toEqual([10 * second, 20 * second]);
  });

  it('goes on following while it is zoomed', () => {
    const { window } = setUp();
    window.follow(10 * second);
    window.zoom(2, 55 * second);
    expect([window.follows, ...part(window)]).toEqual([true, 55 * second, 60 * second]);
  });

  it('never begins before the run, and keeps to its limits', () => {
    const { window } = setUp(second);
    expect(window.from).toBe(0);
    window.show(0, 2 * second);
    window.pan(-5 * second);
    expect(part(window)).toEqual([0, 2 * second]);
    window.zoom(1e12, second);
    expect(window.to - window.from).toBe(limits.narrowestWindowNs);
    window.zoom(1e-18, second);
    expect(window.to - window.from).toBe(limits.widestWindowNs);
  });

  it('fits two times with a little around them', () => {
    const { window } = setUp();
    window.fit(10 * second, 20 * second);
    expect(part(window)).toEqual([9.8 * second, 20.2 * second]);
    window.fit(0, 0);
    expect(part(window)).toEqual([0, limits.narrowestWindowNs]);
  });
});
