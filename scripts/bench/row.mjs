/**
 * What a benchmark is: one file beside this one, one line in `rows.mjs`.
 *
 * @typedef {import('./lib/stage.mjs').Stage} Stage
 * @typedef {import('./lib/stats.mjs').Measure} Measure
 *
 * @typedef {object} Effort
 * @property {number} pairs samples of each side
 * @property {boolean} quick proves that the benchmark works: tiny loads, no warming up, no verdicts
 *
 * @typedef {object} Row
 * @property {string} name for `--only`
 * @property {(stage: Stage, effort: Effort) => Promise<Measure[]>} run throws `Unavailable` where it cannot
 */

/** @param {Row} row */
export const defineRow = (row) => row;
