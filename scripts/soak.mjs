// `npm run soak`: the long runs, in their long form.

import { ensureBuilt, orExplain } from './lib/ensure.mjs';
import { chosenBy, flagsOf } from './lib/flags.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';

const usage = `Usage: npm run soak -- [flags]

  --only <names>   these alone, with commas between them: flood,tabs
  --scale <times>  longer or shorter than the long form: 0.1 is a tenth`;

requireSupportedNode();
const values = flagsOf({ only: { type: 'string' }, scale: { type: 'string', default: '1' } }, usage);
const scale = Number(values.scale);
if (!(scale > 0)) {
  console.error('--scale should be a number above 0; 1 is the long form.');
  process.exit(1);
}

await orExplain(ensureBuilt);
// These need what was just installed.
const { soaks } = await import('./soak/soaks.mjs');
const { Unavailable } = await import('./bench/lib/processes.mjs');
const { closeOnSignals, Stage } = await import('./bench/lib/stage.mjs');

closeOnSignals();
for (const soak of chosenBy(values.only, soaks, 'run')) {
  const begin = performance.now();
  console.log(`\n── ${soak.name}: ${soak.promise}`);
  const verdict = await verdictOf(soak);
  console.log(`${verdict}, ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

/** @param {import('./soak/run.mjs').Soak} soak */
async function verdictOf({ run }) {
  const stage = new Stage();
  try {
    const seen = Object.entries(await run(stage, scale));
    return `✓ holds: ${seen.map(([name, value]) => `${name} ${String(value)}`).join(', ')}`;
  } catch (error) {
    if (error instanceof Unavailable) return `unavailable: ${error.message}`;
    process.exitCode = 1;
    return `✗ ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await stage.close();
  }
}
