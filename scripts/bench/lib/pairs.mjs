import { median, digits } from './stats.mjs';

/**
 * @typedef {object} Sample
 * @property {number} rate what was reached: more is better
 * @property {number} busy the generator's share of a core
 */

/**
 * Takes A B A B … after one of each that does not count, so that what the machine does meanwhile meets both.
 *
 * @template {string} Side
 * @param {number} pairs
 * @param {Record<Side, () => Promise<Sample>>} sides in the order they are taken
 * @param {boolean} warm
 * @returns {Promise<Record<Side, Sample[]>>}
 */
export async function interleave(pairs, sides, warm) {
  const names = /** @type {Side[]} */ (Object.keys(sides));
  if (warm) for (const name of names) await sides[name]();
  const taken = /** @type {Record<Side, Sample[]>} */ ({});
  for (const name of names) taken[name] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const name of names) taken[name].push(await sides[name]());
  }
  return taken;
}

/**
 * @param {readonly Sample[]} above
 * @param {readonly Sample[]} below
 */
export const ratios = (above, below) => above.map(({ rate }, at) => rate / (below[at]?.rate ?? NaN));

/**
 * @param {Record<string, readonly Sample[]>} sides
 * @param {string} unit
 */
export const absolutes = (sides, unit) =>
  Object.entries(sides)
    .map(([name, samples]) => {
      const busy = Math.round(100 * median(samples.map((sample) => sample.busy)));
      const rate = digits(median(samples.map((sample) => sample.rate)));
      return `${name} ${rate} ${unit}${busy > 0 ? `, generator ${String(busy)} % of a core` : ''}`;
    })
    .join('; ');
