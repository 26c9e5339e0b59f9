/** Which rows of a section hold a pattern: the bytes of all of them are looked through in one go. */
import type { Section } from '../../../store/columns/columns.ts';
import type { Pattern } from './find.ts';

/** One byte for each slot of the section's block: 1 where the row's payload has the pattern. */
export function hitsIn({ block, from, to }: Section, pattern: Pattern): Uint8Array {
  const { starts, bytes } = block;
  const hits = new Uint8Array(to);
  const end = starts[to] ?? 0;
  let slot = from;
  let at = pattern.indexIn(bytes, starts[from] ?? 0, end);
  while (at >= 0 && at < end) {
    slot = slotAt(starts, slot, to, at);
    const rowEnd = starts[slot + 1] ?? 0;
    // A pattern that begins in one row and ends in the next stands in neither.
    const isWhole = at + pattern.length <= rowEnd;
    if (isWhole) hits[slot] = 1;
    at = pattern.indexIn(bytes, isWhole ? rowEnd : at + 1, end);
  }
  return hits;
}

/** The slot from `from` on whose bytes hold this place: near ones are found in few steps. */
function slotAt(starts: Uint32Array, from: number, to: number, at: number): number {
  let step = 1;
  let low = from;
  while (low + step < to && (starts[low + step] ?? 0) <= at) {
    low += step;
    step *= 2;
  }
  let high = Math.min(to, low + step);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}
