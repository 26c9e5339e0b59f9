import { setImmediate } from 'node:timers/promises';
import type { Piece, Writer } from '@socket-playground/shared/recording/export/writer.ts';
import { endOf } from '@socket-playground/shared/recording/stretch.ts';
import type { EventSource } from '../../journal/source.ts';
import { nextStretch } from '../../sessions/walk.ts';

export interface WritingOptions {
  /** The first event wanted. */
  readonly from: number;
  /** Wait for what is yet to come, until the signal ends it: then what has come is still written. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/**
 * A session from an event on, in order, with its gaps. Without `follow` it ends at what was newest when it began. Only
 * one piece exists at a time: a reader that stops costs a cursor.
 */
export async function* written(
  source: EventSource,
  writer: Writer,
  { from, follow, signal }: WritingOptions,
): AsyncGenerator<Piece> {
  const last = follow ? Infinity : source.latest;
  let cursor = from;
  if (writer.start.length > 0) yield writer.start;
  while (cursor <= last) {
    const stretch = await nextStretch(source, cursor, Math.min(last, source.latest));
    if (stretch === null) {
      if (signal.aborted) break;
      await grown(source, signal);
      continue;
    }
    // Others have their turn between two pieces, and the journal may use a block's memory again in it.
    if (stretch.kind === 'events') stretch.block.keep();
    for (const piece of writer.write(stretch)) {
      yield piece;
      // Sockets come first: a long session is written in between.
      await setImmediate();
    }
    cursor = endOf(stretch) + 1;
  }
  yield* writer.end();
}

/** Settles when there is more, or when the signal says so; it has not yet. */
function grown(source: EventSource, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      unsubscribe();
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const unsubscribe = source.subscribe(settle);
    signal.addEventListener('abort', settle);
  });
}
