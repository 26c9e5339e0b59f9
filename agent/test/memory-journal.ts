import { Journal } from '../src/journal/journal.ts';
import type { JournalOptions } from '../src/journal/journal.ts';
import { MemoryOnly } from '../src/journal/memory-only.ts';
import { limits } from '../src/limits.ts';

/** A journal with nothing behind its memory. */
export function memoryJournal(options: Partial<JournalOptions> = {}): Journal {
  return new Journal({
    epoch: { id: 'test-epoch', started: '2026-11-21T04:24:05.000Z' },
    limits,
    now: () => performance.now() * 1e6,
    backing: new MemoryOnly(),
    standing: () => [],
    ...options,
  });
}
