/** How long a client should wait for an answer before it gives up. */
import { nsPerSecond } from '../../units.ts';
import type { Told } from '../story.ts';

/** Seconds that people give as a timeout. */
const usual = [10, 30, 60, 300, 3600] as const;

/** The least usual timeout that is twice the longest wait that was; null when even the longest is not. */
export function patienceOf(told: readonly Told[]): number | null {
  let longestNs = 0;
  let lastNs: number | null = null;
  for (const event of told) {
    if (event.type === 'omitted') continue;
    const isAwaited = event.type === 'received' || event.type === 'ended' || event.type === 'reset';
    if (isAwaited && lastNs !== null) longestNs = Math.max(longestNs, event.time - lastNs);
    lastNs = event.time;
  }
  return usual.find((seconds) => seconds * nsPerSecond >= 2 * longestNs) ?? null;
}

const tenths = 10;

/** A timeout that ran out after this time, to a tenth of a second. */
export const timeoutOf = (ns: number): number =>
  Math.max(1, Math.round((ns / nsPerSecond) * tenths)) / tenths;
