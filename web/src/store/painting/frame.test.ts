import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextFrame, oncePerFrame } from './frame.ts';

/** Frames that come when the test says so. */
const frames: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  frames.length = 0;
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work));
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => (frames[frame - 1] = () => undefined));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('works once in the frame that comes', () => {
  const work = vi.fn();
  nextFrame(work);
  frames[0]?.();
  vi.runAllTimers();
  expect(work).toHaveBeenCalledOnce();
});

it('goes on in a tab that is hidden while a frame is awaited: that one never comes', () => {
  const work = vi.fn();
  const soon = oncePerFrame(work, nextFrame);
  for (let turn = 1; turn <= 3; turn += 1) {
    soon();
    vi.advanceTimersByTime(1_000);
    expect(work).toHaveBeenCalledTimes(turn);
  }
});
