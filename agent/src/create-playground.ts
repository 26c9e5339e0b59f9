import { randomUUID } from 'node:crypto';
import { problem } from '@socket-playground/shared/problems.ts';
import { Journal } from './journal/journal.ts';
import { limits } from './limits.ts';
import type { Playground } from './playground.ts';
import type { AllowRule } from './policy/allow.ts';

export interface PlaygroundOptions {
  readonly allow: readonly AllowRule[];
  readonly expose: boolean;
}

/** Stand-in without sockets: link, journal and page can be run with it until the sockets are here. */
export function createPlayground(_options: PlaygroundOptions): Playground {
  const began = process.hrtime.bigint();
  const journal = new Journal({
    epoch: { id: randomUUID(), started: new Date().toISOString() },
    limits,
    now: () => Number(process.hrtime.bigint() - began),
  });
  return {
    journal,
    execute: () => Promise.resolve({ ok: false, problem: problem('internal', null) }),
    sockets: () => [],
    reservePort: () => undefined,
    shutdown: () => Promise.resolve(),
  };
}
