/** An event source from beginning to end, stretch by stretch. */
import { endOf, unreadableGap } from '@socket-playground/shared/recording/stretch.ts';
import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import type { EventSource } from '../journal/source.ts';

/** What comes at the cursor, up to `last`; null when there is nothing. */
export async function nextStretch(
  source: EventSource,
  cursor: number,
  last: number,
): Promise<Stretch | null> {
  if (cursor > last) return null;
  const gap = source.gapAt(cursor);
  if (gap) {
    if (gap.to <= last) return { kind: 'gap', gap, standing: await source.standingAfter(gap) };
    // Who is open behind all of it was perhaps not yet where it is cut.
    return { kind: 'gap', gap: { ...gap, to: last }, standing: null };
  }
  const block = await source.blockOf(cursor);
  if (block?.has(cursor)) return { kind: 'events', block, from: cursor, to: Math.min(block.last, last) };
  // It was removed while it was being read: by now there is a gap.
  if (source.gapAt(cursor)) return nextStretch(source, cursor, last);
  return { kind: 'gap', gap: unreadableGap(cursor, last), standing: null };
}

/** Every stretch from `from` to `last`, in order. */
export async function* stretches(source: EventSource, from: number, last: number): AsyncGenerator<Stretch> {
  let cursor = from;
  for (;;) {
    const stretch = await nextStretch(source, cursor, last);
    if (stretch === null) return;
    yield stretch;
    cursor = endOf(stretch) + 1;
  }
}
