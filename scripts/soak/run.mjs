/**
 * A long run: what must hold after hours of use. A short form of each runs in `npm test`, the long one in `npm run soak`.
 *
 * @typedef {import('../bench/lib/stage.mjs').Stage} Stage
 *
 * @typedef {object} Soak
 * @property {string} name for `--only`
 * @property {string} promise what it shows, in a sentence
 * @property {(stage: Stage, scale: number) => Promise<Record<string, string | number>>} run `scale` 1 is the long
 *   form; resolves to what was seen, throws when the promise does not hold and `Unavailable` where it cannot run
 * @property {string} [short] the test that is its short form, where that is not the run itself
 */

/** @param {Soak} soak */
export const defineSoak = (soak) => soak;
