import { networkInterfaces } from 'node:os';
import { BehaviourRunner } from './behaviours/runner.ts';
import { execute } from './commands/execute.ts';
import { Journal } from './journal/journal.ts';
import type { Epoch } from './journal/journal.ts';
import { limits as defaults } from './limits.ts';
import type { Limits } from './limits.ts';
import type { Playground } from './playground.ts';
import type { AllowRule } from './policy/allow.ts';
import { Policy } from './policy/policy.ts';
import { TargetRate } from './policy/target-rate.ts';
import { Hub } from './sockets/hub.ts';

export interface PlaygroundOptions {
  readonly epoch: Epoch;
  readonly allow: readonly AllowRule[];
  readonly expose: boolean;
  /** Nanoseconds since the epoch began, monotonic. */
  readonly now: () => number;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Where bugs are told: a bug ends one command or one socket, never the agent. */
  readonly onBug: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
}

/** Puts the agent's core together: journal, sockets, policy, behaviours, commands. */
export function createPlayground(options: PlaygroundOptions): Playground {
  const limits: Limits = { ...defaults, ...options.limits };
  const { now, onBug } = options;
  const journal = new Journal({ epoch: options.epoch, limits, now });
  const hub = new Hub(journal, limits);
  const rate = new TargetRate({ most: limits.newTargets, seconds: limits.newTargetsSeconds, now });
  const policy = new Policy({ allow: options.allow, expose: options.expose, localAddresses, rate });
  new BehaviourRunner(hub, { limits, nowMs: options.nowMs, onBug });
  const core = { hub, policy };
  return {
    journal,
    execute: (command) => execute(command, core, onBug),
    sockets: () => [...hub.states.values()],
    reservePort: (port) => policy.reservePort(port),
    shutdown: async () => {
      await Promise.all([...hub.sockets].map((socket) => socket.close()));
    },
  };
}

function localAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );
}
