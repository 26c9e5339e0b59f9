// `npm run bench`: what recording costs, beside a server that records nothing.

import { cpus } from 'node:os';
import { ensureBuilt, orExplain } from './lib/ensure.mjs';
import { chosenBy, flagsOf } from './lib/flags.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';

const leastPairs = 7;

const usage = `Usage: npm run bench -- [flags]

  --only <names>   these alone, with commas between them: echo,ping
  --pairs <count>  samples of each side, taken in turns (default ${String(leastPairs)})
  --json           print one JSON object in place of the table
  --quick          only prove that it works: its numbers mean nothing`;

requireSupportedNode();
const values = flagsOf(
  {
    only: { type: 'string' },
    pairs: { type: 'string' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
  usage,
);
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
const lines = await runAll(
  chosenBy(values.only, rows, 'benchmark'),
  { pairs, quick: values.quick },
  console.error,
);
const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? '' };
if (values.json) console.log(JSON.stringify({ ...machine, quick: values.quick, lines }));
else console.log(`\n${tableOf(lines)}`);
if (lines.some((line) => 'failed' in line)) process.exitCode = 1;
