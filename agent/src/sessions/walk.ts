/** An event source from beginning to end, as what can be read and what is missing in between. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { EventSource } from '../journal/source.ts';

export type Stretch =
  | { readonly kind: 'gap'; readonly gap: Gap; readonly standing: readonly SocketState[] | null }
  /** Events `from` to `to` (inclusive) of the block. */
  | { readonly kind: 'events'; readonly block: Block; readonly from: number; readonly to: number };

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
  return { kind: 'gap', gap: unreadable(cursor, last), standing: null };
}

/** A file that should have these events does not, or not so that they can be read: somebody else changed it. */
export const unreadable = (from: number, to: number): Gap => ({
  type: 'gap',
  from,
  to,
  reason: 'not-in-file',
});

export const endOf = (stretch: Stretch): number => (stretch.kind === 'gap' ? stretch.gap.to : stretch.to);

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
