import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { Journal, JournalLimits } from '../src/journal/journal.ts';
import { memorySession } from '../src/sessions/memory-session.ts';
import type { Sessions } from '../src/sessions/sessions.ts';
import { limits } from '../src/limits.ts';
import type { Playground } from '../src/playground.ts';
import { memoryJournal } from './memory-journal.ts';

/** A playground without sockets: its journal is real, what commands come to is up to the test. */
export class PlaygroundDouble implements Playground {
  readonly journal: Journal;
  readonly sessions: Sessions;
  readonly commands: unknown[] = [];
  readonly reserved: number[] = [];
  open: readonly SocketState[] = [];
  answer: (command: unknown) => Promise<Outcome> = () => Promise.resolve({ ok: true, result: {} });
  kernel: (sockets: ReadonlySet<number> | null) => Promise<KernelView> = () =>
    Promise.resolve({ available: false, reason: 'system' });
  descriptors = { left: 1_000, most: 1_024 };
  stopped = false;

  constructor(journalLimits: JournalLimits = limits) {
    let time = 0;
    this.journal = memoryJournal({ limits: journalLimits, now: () => (time += 1_000) });
    this.sessions = memorySession(this.journal);
  }

  execute(command: unknown): Promise<Outcome> {
    this.commands.push(command);
    return this.answer(command);
  }

  sockets(): readonly SocketState[] {
    return this.open;
  }

  tookDescriptor() {
    return this.descriptors;
  }

  reservePort(port: number): void {
    this.reserved.push(port);
  }

  shutdown(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }

  /** Appends a received event with this data. */
  receive(data: string | Uint8Array): SocketEvent {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    const body: EventBody = { socket: 1, type: 'received', size: bytes.length, data: bytes };
    return this.journal.append(body);
  }
}
