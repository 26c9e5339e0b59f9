/**
 * Which events are missing where a segment begins or ends, and why: decided here alone, for agent and page. What was stored
 * once is another matter than what the disk never took: the oldest went first, and the rest somebody has taken away.
 */
import type { Gap, GapReason } from '../wire/messages.ts';
import { toldLast } from './segment.ts';
import type { Preamble, SegmentHead } from './segment.ts';

/** Events `from` to `to` (inclusive), missing for one reason. */
export type Missing = Readonly<Pick<Gap, 'from' | 'to' | 'reason'>>;

interface Before {
  /** The last event before the segment that is there, or known to be missing; 0 when there is none. */
  readonly last: number;
  /** Whether nothing came before it that could be read. */
  readonly isOldest: boolean;
}

/** What is missing between `last` and the segment, in order: nothing, or for up to two reasons. */
export function missingBefore(
  { first, follows, missing }: Pick<SegmentHead, 'first' | 'follows' | 'missing'>,
  { last, isOldest }: Before,
): Missing[] {
  const gone: GapReason = isOldest ? 'keep-limit' : 'not-in-file';
  const end = first - 1;
  const spans: readonly Missing[] =
    follows >= end
      ? [{ from: last + 1, to: end, reason: missing ?? gone }]
      : [
          { from: last + 1, to: follows, reason: gone },
          { from: Math.max(last, follows) + 1, to: end, reason: missing ?? 'disk' },
        ];
  return spans.filter(({ from, to }) => from <= to);
}

/** What is missing behind the newest segment: a finished one says how far it went. */
export function missingBehind(
  { preamble, head }: { readonly preamble: Preamble; readonly head: SegmentHead },
  { last, isOldest }: Before,
): Missing[] {
  const told = toldLast(preamble, head) ?? last;
  // An agent takes out the oldest segment of several, never the last.
  const wasTakenOut = isOldest && preamble.state === 'continued';
  return missingBefore({ first: told + 1, follows: told }, { last, isOldest: wasTakenOut });
}

/** Whether what is missing for this reason was stored once, so that the segment behind it follows on it. */
export const wasStored = (reason: GapReason, isOldest: boolean): boolean =>
  reason === 'keep-limit' || (reason === 'not-in-file' && !isOldest);
