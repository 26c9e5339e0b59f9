// `npm run bench`: what recording costs, beside a server that records nothing. `-- --only echo,ping` chooses,
// `-- --pairs 9` takes more samples, `-- --json` prints one JSON object, `-- --quick` only proves that it works.

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureBuilt, orExplain } from './lib/ensure.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';

const leastPairs = 7;

requireSupportedNode();
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    pairs: { type: 'string' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});
const pairs = Number(values.pairs ?? (values.quick ? 1 : leastPairs));
if (!Number.isInteger(pairs) || pairs < 1) {
  console.error('--pairs should be a whole number from 1.');
  process.exit(1);
}

await orExplain(ensureBuilt);
// These need what was just installed.
const { rows } = await import('./bench/rows.mjs');
const { runAll } = await import('./bench/run.mjs');
const { tableOf } = await import('./bench/report.mjs');
const { closeOnSignals } = await import('./bench/lib/stage.mjs');

closeOnSignals();
const lines = await runAll(chosen(), { pairs, quick: values.quick }, console.error);
const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? '' };
if (values.json) console.log(JSON.stringify({ ...machine, quick: values.quick, lines }));
else console.log(`\n${tableOf(lines)}`);
if (lines.some((line) => 'failed' in line)) process.exitCode = 1;

function chosen() {
  const names = values.only?.split(',') ?? rows.map(({ name }) => name);
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length === 0) return rows.filter(({ name }) => names.includes(name));
  console.error(
    `No such benchmark: ${unknown.join(', ')}. There are: ${rows.map(({ name }) => name).join(', ')}`,
  );
  process.exit(1);
}
