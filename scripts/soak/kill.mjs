// The reliability tests of the agent in their long form: killed at as many moments as asked for, frozen for longer, and
// with more bytes through one connection than a `npm test` has time for.

import { inRoot } from '../lib/root.mjs';
import { bin, run as runProgram } from '../lib/run.mjs';

const hourMs = 3_600_000;

/**
 * @param {{ count?: number, log?: (line: string) => void }} [options] `count` is how often the agent is killed
 * @returns {Promise<{ kills: number, frozenSeconds: number, bulkMebibytes: number }>} what held
 * @throws {Error} when a promise does not hold
 */
export async function run({ count = 500, log = () => undefined } = {}) {
  const asked = { kills: count, frozenSeconds: 20, bulkMebibytes: 200 };
  log(`killing the agent ${String(count)} times under load`);
  const code = await runProgram(bin('vitest'), ['run', '--project', 'agent', 'test/reliability'], {
    cwd: inRoot('.'),
    env: {
      KILLS: String(asked.kills),
      FROZEN_SECONDS: String(asked.frozenSeconds),
      BULK_MEBIBYTES: String(asked.bulkMebibytes),
    },
    timeoutMs: 4 * hourMs,
  });
  if (code !== 0) throw new Error('a reliability test failed in its long form: see above');
  return asked;
}
