import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { nsPerMs } from '@socket-playground/shared/units.ts';
import type { PlaygroundOptions } from '../create-playground.ts';

/** Begins a new epoch: its name, its date, and the clocks that its events are dated by. */
export function startEpoch(): Pick<PlaygroundOptions, 'epoch' | 'now' | 'nowMs'> {
  const beganMs = performance.now();
  return {
    epoch: { id: randomUUID(), started: new Date().toISOString() },
    now: () => Math.round((performance.now() - beganMs) * nsPerMs),
    nowMs: () => Date.now(),
  };
}
