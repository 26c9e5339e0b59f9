/** A hundred thousand captures with bytes changed, cut, doubled and swapped: each is read without a throw or a hang. */
import assert from 'node:assert/strict';
import { inRoot } from '../lib/root.mjs';
import { bin, run as runProgram } from '../lib/run.mjs';
import { defineSoak } from './run.mjs';

const most = 100_000;
const test = 'test/pcapng/mutated.test.ts';
const hourMs = 3_600_000;

export const captures = defineSoak({
  name: 'captures',
  promise: 'no capture makes the reader throw or hang, whatever its bytes are',
  short: `agent/${test}`,
  run: async (_stage, scale) => {
    const files = Math.max(1, Math.round(most * scale));
    const code = await runProgram(bin('vitest'), ['run', '--project', 'agent', test], {
      cwd: inRoot('.'),
      env: { MUTATED_CAPTURES: String(files) },
      timeoutMs: hourMs,
    });
    assert.equal(code, 0, 'every capture is read to its end');
    return { files };
  },
});
