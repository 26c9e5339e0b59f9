import { networkInterfaces } from 'node:os';
import { BehaviourRunner } from './behaviours/runner.ts';
import { execute } from './commands/execute.ts';
import type { OwnState } from '@socket-playground/shared/events/state.ts';
import type { Backing } from './journal/backing.ts';
import { Journal } from './journal/journal.ts';
import type { JournalReader } from './journal/journal.ts';
import { MemoryOnly } from './journal/memory-only.ts';
import type { Epoch } from './journal/source.ts';
import { limits as defaults } from './limits.ts';
import type { Limits } from './limits.ts';
import type { Playground } from './playground.ts';
import type { AllowRule } from './policy/allow.ts';
import { Policy } from './policy/policy.ts';
import { TargetRate } from './policy/target-rate.ts';
import { memorySession } from './sessions/memory-session.ts';
import type { Sessions } from './sessions/sessions.ts';
import { AcceptGate } from './sockets/accept-gate.ts';
import { ownDescriptors } from './sockets/descriptors.ts';
import { Hub } from './sockets/hub.ts';
import { KernelWindow } from './sockets/kernel/kernel-window.ts';
import { readTable } from './sockets/kernel/tables.ts';

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
  /** Where the events go beside memory; nowhere when absent. */
  readonly backing?: Backing;
  /** The sessions that can be read; only the running one when absent. */
  readonly sessions?: (running: JournalReader) => Sessions;
}

/** A playground as its owner has it. */
export interface OwnPlayground extends Playground {
  /** Records that so many events are told of without being stored. */
  lost(count: number): void;
}

/** Puts the agent's core together: journal, sockets, policy, behaviours, commands. */
export function createPlayground(options: PlaygroundOptions): OwnPlayground {
  const limits: Limits = { ...defaults, ...options.limits };
  const { now, onBug } = options;
  const states = new Map<number, OwnState>();
  const standing = () => [...states.values()].map((state) => ({ ...state }));
  const backing = options.backing ?? new MemoryOnly();
  const journal = new Journal({ epoch: options.epoch, limits, now, backing, standing });
  const gate = openGateFor(limits);
  const hub = new Hub(journal, limits, states, gate);
  const rate = new TargetRate({ most: limits.newTargets, seconds: limits.newTargetsSeconds, now });
  const policy = new Policy({ allow: options.allow, expose: options.expose, localAddresses, rate });
  new BehaviourRunner(hub, { limits, nowMs: options.nowMs, onBug });
  const kernel = openWindow(hub, now, limits);
  const core = { hub, policy };
  return {
    journal,
    sessions: (options.sessions ?? memorySession)(journal),
    execute: async (command) => {
      const outcome = await execute(command, core, onBug);
      // What is answered for is on disk.
      await journal.settle();
      return outcome;
    },
    sockets: () => [...states.values()],
    kernel: (sockets) => kernel.look(sockets),
    lost: (count) => hub.record({ socket: null, type: 'dropped', count, reason: 'disk' }),
    tookDescriptor: () => {
      gate.taken();
      return gate.room;
    },
    reservePort: (port) => policy.reservePort(port),
    shutdown: () => hub.closeAll(),
  };
}

/** Shut while only the spare descriptors are left. */
function openGateFor({ spareDescriptors: spare, descriptorLookMs: lookMs }: Limits): AcceptGate {
  return new AcceptGate({ descriptors: ownDescriptors(), spare, lookMs });
}

/** Every socket that closes is remembered for a while: its connection is not over for the kernel. */
function openWindow(hub: Hub, now: () => number, limits: Limits): KernelWindow {
  const callingFrom = (id: number) => {
    const found = hub.socket(id);
    return found.ok ? found.value.callingFrom : null;
  };
  const window = new KernelWindow({ read: readTable, states: hub.states, callingFrom, now, limits });
  hub.watchClosed((closed) => window.remember(closed));
  return window;
}

function localAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );
}
