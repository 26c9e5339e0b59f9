import type { JournalReader } from '../journal/journal.ts';
import { current } from './sessions.ts';
import type { Sessions } from './sessions.ts';

/** Without a disk there is the running session and no other. */
export function memorySession(journal: JournalReader): Sessions {
  return {
    list: () => Promise.resolve([]),
    open: (id) => Promise.resolve(id === current ? openRunning(journal, null) : null),
  };
}

/** The running session as one that can be read: closing it leaves it running. */
export function openRunning(source: JournalReader, id: string | null) {
  return { id, source, tornBytes: 0, isCutShort: false, close: () => Promise.resolve() };
}
