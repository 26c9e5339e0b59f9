/** A folder of sessions for one test, and what is needed to fill and read it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import { Journal } from '../src/journal/journal.ts';
import type { JournalLimits } from '../src/journal/journal.ts';
import type { EventSource } from '../src/journal/source.ts';
import { RunningSession } from '../src/sessions/running-session.ts';
import type { RunningOptions } from '../src/sessions/running-session.ts';
import { stretches } from '../src/sessions/walk.ts';

export const testEpoch = { id: 'test-epoch', started: '2026-11-21T04:24:05.000Z' };

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'socket-playground-sessions-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The open sockets after these events, as the agent's table has them. */
export function tableAfter(events: Iterable<SocketEvent>): SocketState[] {
  const table: Parameters<typeof applyTo>[0] = new Map();
  for (const event of events) {
    applyTo(table, event);
    if (event.type === 'closed') table.delete(event.socket);
  }
  return [...table.values()];
}

/** The journal uses its memory again: whoever keeps an event takes a copy. */
export const copyOf = (event: SocketEvent): SocketEvent =>
  'data' in event ? { ...event, data: event.data.slice() } : { ...event };

/** Small enough that a short test fills several blocks and segments; nothing is waited for. */
export const smallSizes = {
  journalBytes: 8_192,
  journalEvents: 1_000,
  blockBytes: 1_024,
  segmentBytes: 4_096,
  storeBacklogBytes: 1_000_000,
  flushMs: 0,
  storeRetryMs: 100,
  storeStallMs: 60_000,
};

type RigOptions = JournalLimits & RunningOptions['limits'] & Pick<RunningOptions, 'pathOf' | 'nowMs'>;

/** A journal with a session on disk behind it, and a plain list of everything that was appended: the model. */
export class DiskRig {
  readonly model: SocketEvent[] = [];
  readonly session: RunningSession;
  readonly journal: Journal;
  readonly failures: unknown[] = [];
  /** What was counted as lost so far. */
  lost = 0;
  #time = 0;
  readonly #table: Parameters<typeof applyTo>[0] = new Map();

  /** With small sizes, in segments of its own in a folder. */
  static in(folder: string, sizes: Partial<typeof smallSizes> = {}): DiskRig {
    const pathOf = (number: number) => join(folder, `part.${number}`);
    return new DiskRig({ ...smallSizes, ...sizes, pathOf, nowMs: () => performance.now() });
  }

  constructor(limits: RigOptions) {
    this.session = new RunningSession({
      epoch: testEpoch,
      limits,
      pathOf: limits.pathOf,
      nowMs: limits.nowMs,
      onLost: (count) => {
        this.lost += count;
        this.append({ socket: null, type: 'dropped', count, reason: 'disk' });
      },
      onFailure: (error) => this.failures.push(error),
      onSegment: () => undefined,
    });
    const standing = () => [...this.#table.values()].map((state) => ({ ...state }));
    const now = () => (this.#time += 10);
    this.journal = new Journal({ epoch: testEpoch, limits, now, backing: this.session, standing });
  }

  append(body: EventBody): SocketEvent {
    const event = this.journal.append(body);
    this.model.push(copyOf(event));
    applyTo(this.#table, event);
    if (event.type === 'closed') this.#table.delete(event.socket);
    return event;
  }
}

/** Everything of a source, from an event on. */
export async function readAll(source: EventSource, from = 1): Promise<Stretch[]> {
  const read: Stretch[] = [];
  for await (const stretch of stretches(source, from, source.latest)) read.push(stretch);
  return read;
}

export const eventsIn = (read: readonly Stretch[]): SocketEvent[] =>
  read.flatMap((stretch) => {
    if (stretch.kind === 'gap') return [];
    const { block, from, to } = stretch;
    return Array.from({ length: to - from + 1 }, (_, index) => {
      const event = block.event(from + index);
      if (event === null) throw new Error(`event ${from + index} cannot be read`);
      return event;
    });
  });
