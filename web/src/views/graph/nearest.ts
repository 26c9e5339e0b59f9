/** Which row stands closest to a moment. */
import { gapType, restartType } from '../../store/columns/row-block.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';

type Sections = Pick<Journal, 'dropped' | 'end' | 'sections'>;

/** Absolute position of the row of the present run whose time is closest, among those that count; null when none does. */
export function nearestRow(
  journal: Sections,
  timeNs: number,
  counts: (socket: number) => boolean,
): number | null {
  let best: number | null = null;
  let distance = Infinity;
  for (const { block, from, to, base } of journal.sections(journal.dropped, journal.end)) {
    for (let slot = from; slot < to; slot += 1) {
      const type = block.types[slot];
      if (type === restartType) [best, distance] = [null, Infinity];
      if (type === restartType || type === gapType) continue;
      const away = Math.abs((block.times[slot] ?? 0) - timeNs);
      if (away >= distance || !counts(block.sockets[slot] ?? 0)) continue;
      [best, distance] = [base + slot, away];
    }
  }
  return best;
}
