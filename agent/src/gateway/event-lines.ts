import { setImmediate } from 'node:timers/promises';
import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { JournalReader } from '../journal/journal.ts';

export interface LinesOptions {
  /** The first event wanted. */
  readonly from: number;
  /** Wait for what is yet to come, until the signal ends it: then what has come is still written. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  /** Lines are handed on in pieces of about this size. */
  readonly pieceBytes: number;
}

interface Piece {
  readonly text: string;
  readonly next: number;
}

/**
 * The journal as NDJSON, from an event on, in order, with a gap line where events are no longer kept. Without `follow`
 * it ends at what was newest when it began. Only one piece exists at a time: a reader that stops costs a cursor.
 */
export async function* eventLines(journal: JournalReader, options: LinesOptions): AsyncGenerator<string> {
  const { from, follow, signal, pieceBytes } = options;
  const last = follow ? Infinity : journal.latest;
  let cursor = from;
  while (cursor <= last) {
    const { text, next } = nextPiece(journal, cursor, last, pieceBytes);
    cursor = next;
    if (text !== '') yield text;
    else if (signal.aborted) return;
    // Sockets come first: a long journal is written in between.
    await (text === '' ? appended(journal, signal) : setImmediate());
  }
}

function nextPiece(journal: JournalReader, from: number, last: number, mostBytes: number): Piece {
  let text = '';
  let next = from;
  while (next <= Math.min(last, journal.latest) && text.length < mostBytes) {
    const gap = journal.gapAt(next);
    const event = gap ? null : journal.event(next);
    if (gap) {
      const to = Math.min(gap.to, last);
      text += `${JSON.stringify({ ...gap, to })}\n`;
      next = to + 1;
    } else if (event) {
      text += `${JSON.stringify(toJsonEvent(event))}\n`;
      next += 1;
    } else {
      throw new Error(`The journal says that it keeps event ${next}, and has none.`);
    }
  }
  return { text, next };
}

/** Settles after the next append, or when the signal says so. */
function appended(journal: JournalReader, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      unsubscribe();
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const unsubscribe = journal.subscribe(settle);
    if (signal.aborted) settle();
    else signal.addEventListener('abort', settle);
  });
}
