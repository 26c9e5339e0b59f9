/**
 * The first index of `from` … `to - 1` for which this holds, `to` when there is none. Where it holds for an index it must
 * hold for all behind it: then few are asked.
 */
export function firstWhere(from: number, to: number, holds: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
