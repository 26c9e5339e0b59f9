// `npm test`: all that CI does, every step even when one before it failed.
// `npm test -- --only static` or `--only unit,e2e` does a part.

import { parseArgs } from 'node:util';
import { requireSupportedNode } from './lib/node-version.mjs';
import { sum, summary } from './test/counts.mjs';
import { select } from './test/steps.mjs';

/** @typedef {import('./test/counts.mjs').Counts} Counts */

requireSupportedNode();
const { values } = parseArgs({ options: { only: { type: 'string' } } });

/** @type {{ name: string, seconds: string, counts: Counts }[]} */
const done = [];
for (const { name, run } of chosen()) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const begin = performance.now();
  const counts = await run();
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? '✓' : '✗'} ${name}, ${seconds} s`);
  done.push({ name, seconds, counts });
}

const total = sum(done.map(({ counts }) => counts));
console.log('\n── all ─────────────────────────────────────────────────────────────────');
for (const { name, seconds, counts } of done) {
  const tests = counts.passed + counts.skipped > 0 || counts.failed > 1 ? summary(counts) : '';
  console.log(
    `${counts.failed === 0 ? '✓' : '✗'} ${name.padEnd(32)}${seconds.padStart(7)} s  ${tests}`.trimEnd(),
  );
}
console.log(`\n${summary(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @returns {import('./test/steps.mjs').Step[]} */
function chosen() {
  try {
    return select(values.only);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
}
