import { randomUUID } from 'node:crypto';
import type { PlaygroundOptions } from '../create-playground.ts';

/** Begins a new epoch: its name, its date, and the clocks that its events are dated by. */
export function startEpoch(): Pick<PlaygroundOptions, 'epoch' | 'now' | 'nowMs'> {
  const began = process.hrtime.bigint();
  return {
    epoch: { id: randomUUID(), started: new Date().toISOString() },
    now: () => Number(process.hrtime.bigint() - began),
    nowMs: () => Date.now(),
  };
}
