import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { PlaygroundOptions } from '../create-playground.ts';

const nsPerMs = 1e6;

/** Begins a new epoch: its name, its date, and the clocks that its events are dated by. */
export function startEpoch(): Pick<PlaygroundOptions, 'epoch' | 'now' | 'nowMs'> {
  const beganMs = performance.now();
  return {
    epoch: { id: randomUUID(), started: new Date().toISOString() },
    now: () => Math.round((performance.now() - beganMs) * nsPerMs),
    nowMs: () => Date.now(),
  };
}
