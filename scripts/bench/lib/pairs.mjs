import { median, digits } from './stats.mjs';

/**
 * @typedef {object} Sample
 * @property {number} rate what was reached: more is better
 * @property {number} busy the generator's share of a core
 * @property {number} seconds how long it took
 *
 * @typedef {(amount: number) => Promise<Sample>} Take
 */

/** A sample is long enough to say something and short enough that the machine stays the same. */
const sampleSeconds = 1.5;
const firstShare = 0.05;

/**
 * Takes A B A B … of the same amount of work, so that what the machine does meanwhile meets both. Before that each is
 * taken twice for warming up: a little, to learn how much work the slowest does in a second or two, then that much.
 *
 * @template {string} Side
 * @param {import('../row.mjs').Effort} effort
 * @param {{ full: number, quick: number }} amount the most work of a sample
 * @param {Record<Side, Take>} sides in the order they are taken
 * @returns {Promise<Record<Side, Sample[]>>}
 */
export async function interleave({ pairs, quick }, amount, sides) {
  const names = /** @type {Side[]} */ (Object.keys(sides));
  const takes = names.map((name) => sides[name]);
  const each = quick ? amount.quick : await warmUp(takes, amount.full);
  const taken = /** @type {Record<Side, Sample[]>} */ ({});
  for (const name of names) taken[name] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const name of names) taken[name].push(await sides[name](each));
  }
  return taken;
}

/**
 * @param {Take[]} takes
 * @param {number} most
 * @returns {Promise<number>} the amount that takes the slowest `sampleSeconds`, at most `most`
 */
async function warmUp(takes, most) {
  const little = Math.ceil(most * firstShare);
  let slowest = 0;
  for (const take of takes) slowest = Math.max(slowest, (await take(little)).seconds);
  const amount = Math.min(most, Math.ceil((little * sampleSeconds) / slowest));
  for (const take of takes) await take(amount);
  return amount;
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
