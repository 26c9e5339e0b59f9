import { limits } from '../../store/limits.ts';

/** How often something goes, as it is typed in seconds; as ms, or null when nothing can be repeated like that. */
export function readEvery(seconds: string): number | null {
  const everyMs = /^\s*(\d+\.?\d*|\.\d+)\s*$/.test(seconds) ? Number(seconds) * 1_000 : NaN;
  return everyMs >= limits.repeatLeastMs && everyMs <= limits.repeatMostMs ? everyMs : null;
}
