// `npm test`: all that CI does, every step even when one before it failed.

import { availableParallelism } from 'node:os';
import { flagsOf } from './lib/flags.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { sum, summary } from './test/counts.mjs';
import { select, sideBySide } from './test/steps.mjs';

/**
 * @typedef {import('./test/counts.mjs').Counts} Counts
 * @typedef {import('./test/steps.mjs').Step} Step
 */

const usage = `Usage: npm test -- [flags]

  --only <names>  these steps alone, with commas between them: static or unit,e2e`;

requireSupportedNode();
const values = flagsOf({ only: { type: 'string' } }, usage);

/** @type {{ name: string, seconds: string, counts: Counts }[]} */
const done = [];
for (const steps of sideBySide(chosen())) {
  if (steps.length === 1) for (const step of steps) await alone(step);
  else await together(steps);
  // Whatever comes next runs what is installed.
  if (done.some(({ name, counts }) => name === 'install' && counts.failed > 0)) break;
}

const total = sum(done.map(({ counts }) => counts));
console.log('\n── all ─────────────────────────────────────────────────────────────────');
for (const { name, seconds, counts } of done) {
  const tests = counts.passed + counts.skipped > 0 || counts.failed > 1 ? summary(counts) : '';
  console.log(
    `${counts.failed === 0 ? '✓' : '✗'} ${name.padEnd(32)}${seconds.padStart(7)} s  ${tests}`.trimEnd(),
  );
}
for (const failure of total.failures) console.log(`✗ ${failure}`);
console.log(`\n${summary(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param {Step} step */
async function alone({ name, run }) {
  console.log(heading(name));
  const begin = performance.now();
  finish(name, begin, await run());
}

/**
 * As many at once as there are cores, each printed as a whole when it ends.
 *
 * @param {Step[]} steps
 */
async function together(steps) {
  const left = [...steps];
  const worker = async () => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) {
      let text = `${heading(step.name)}\n`;
      const begin = performance.now();
      const counts = await step.run((more) => (text += more));
      process.stdout.write(text);
      finish(step.name, begin, counts);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** @param {string} name */
function heading(name) {
  return `\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`;
}

/**
 * @param {string} name
 * @param {number} begin
 * @param {Counts} counts
 */
function finish(name, begin, counts) {
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? '✓' : '✗'} ${name}, ${seconds} s`);
  done.push({ name, seconds, counts });
}

/** @returns {Step[]} */
function chosen() {
  try {
    return select(values.only);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
}
