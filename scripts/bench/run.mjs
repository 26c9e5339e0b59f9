import { Unavailable } from './lib/processes.mjs';
import { Stage } from './lib/stage.mjs';
import { lineOf, tableOf } from './report.mjs';

/**
 * @typedef {import('./row.mjs').Row} Row
 * @typedef {import('./report.mjs').Line} Line
 * @typedef {import('./report.mjs').Missing} Missing
 */

/**
 * Runs them one after the other, each on a stage of its own, and says at once what each came to. What one cannot do does not keep the others from it.
 *
 * @param {readonly Row[]} rows
 * @param {import('./row.mjs').Effort} effort
 * @param {(text: string) => void} say
 * @returns {Promise<(Line | Missing)[]>}
 */
export async function runAll(rows, effort, say) {
  /** @type {(Line | Missing)[]} */
  const lines = [];
  for (const row of rows) {
    const begin = performance.now();
    const found = await runOne(row, effort);
    lines.push(...found);
    say(`\n${row.name}, ${((performance.now() - begin) / 1000).toFixed(1)} s\n${tableOf(found)}`);
  }
  return lines;
}

/**
 * @param {Row} row
 * @param {import('./row.mjs').Effort} effort
 * @returns {Promise<(Line | Missing)[]>}
 */
async function runOne({ name, run }, effort) {
  const stage = new Stage();
  try {
    const measures = await run(stage, effort);
    return measures.map((measure) => lineOf(name, measure, effort.quick));
  } catch (error) {
    if (error instanceof Unavailable) return [{ row: name, unavailable: error.message }];
    return [{ row: name, failed: error instanceof Error ? error.message : String(error) }];
  } finally {
    await stage.close();
  }
}
