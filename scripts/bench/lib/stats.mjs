/**
 * @typedef {{ atLeast: number } | { atMost: number }} Target
 *
 * @typedef {object} Measure what one benchmark found out: one line of the table
 * @property {string} what
 * @property {string} unit `×` for a ratio
 * @property {Target} target
 * @property {number[]} values one a pair
 * @property {string} [note] absolute numbers and the generator's load: they hold for this machine and this hour only
 */

/**
 * @param {readonly number[]} values
 * @param {number} share 0 to 1
 * @returns {number} NaN when there are none
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/**
 * @param {number} value
 * @param {Target} target
 */
export const meets = (value, target) =>
  'atLeast' in target ? value >= target.atLeast : value <= target.atMost;

/** @param {Target} target */
export const targetWords = (target) =>
  'atLeast' in target ? `≥ ${String(target.atLeast)}` : `≤ ${String(target.atMost)}`;

/** Short, and with three digits that mean something. @param {number} value */
export const digits = (value) =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
