/** What is said, tried and counted while a disk refuses, without a disk. */
import { expect, it } from 'vitest';
import { Outage } from './outage.ts';
import { PlannedSegment } from './planned-segment.ts';
import { SegmentFile } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';

const storeRetryMs = 100;

function outage() {
  const index = new SegmentIndex();
  const seen = { nowMs: 0, failures: Array.of<unknown>(), lost: Array.of<number>() };
  const options = {
    limits: { storeRetryMs },
    nowMs: () => seen.nowMs,
    onLost: (count: number) => seen.lost.push(count),
    onFailure: (error: unknown) => seen.failures.push(error),
  };
  const store = (first: number, last: number) => {
    const segment = new PlannedSegment({ file: new SegmentFile(`from ${first}`), first, standing: [] });
    segment.last = last;
    index.add(segment);
  };
  return { outage: new Outage(options, index), seen, store };
}

it('is reported once, however often it is tried in vain, and again when it is another', () => {
  const { outage: out, seen } = outage();
  expect(out.isOn).toBe(false);
  out.refused('full');
  out.refused('still full');
  expect(out.isOn).toBe(true);
  expect(seen.failures).toEqual(['full']);
  out.over();
  expect(out.isOn).toBe(false);
  out.refused('full again');
  expect(seen.failures).toEqual(['full', 'full again']);
});

it('may be tried again after its time, counted from the last refusal', () => {
  const { outage: out, seen } = outage();
  expect(out.mayTry).toBe(true);
  out.refused('full');
  seen.nowMs = storeRetryMs - 1;
  expect(out.mayTry).toBe(false);
  seen.nowMs = storeRetryMs;
  expect(out.mayTry).toBe(true);
  out.refused('full');
  expect(out.mayTry).toBe(false);
  out.over();
  expect(out.mayTry).toBe(true);
});

it('is not tried again while a write does not return, however long that takes', () => {
  const { outage: out, seen } = outage();
  out.stalled();
  out.refused('no answer');
  seen.nowMs = 1_000 * storeRetryMs;
  expect(out.mayTry).toBe(false);
  out.answered();
  expect(out.mayTry).toBe(true);
});

it('counts what is not on disk, each event once', () => {
  const { outage: out, seen, store } = outage();
  store(1, 10);
  out.account(10);
  expect(seen.lost).toEqual([]);
  out.account(14);
  store(15, 15);
  // Nobody goes back: what was counted stays counted.
  out.account(12);
  out.account(14);
  out.account(20);
  expect(seen.lost).toEqual([4, 5]);
});
