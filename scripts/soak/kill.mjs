/**
 * The reliability tests of the agent in their long form: killed with SIGKILL at hundreds of moments under load, stopped for
 * longer, and with more bytes through one connection than `npm test` has time for.
 */
import assert from 'node:assert/strict';
import { inRoot } from '../lib/root.mjs';
import { bin, run as runProgram } from '../lib/run.mjs';
import { defineSoak } from './run.mjs';

const most = { kills: 500, frozenSeconds: 20, mebibytes: 200 };
const least = { kills: 1, frozenSeconds: 2, mebibytes: 1 };
const tests = 'test/reliability';
const hourMs = 3_600_000;

export const kill = defineSoak({
  name: 'kill',
  promise: 'kill -9 at any moment loses no event that anyone was told of; sleep and bulk lose nothing',
  short: `agent/${tests}/kill.test.ts`,
  run: async (_stage, scale) => {
    /** @param {keyof typeof most} what */
    const scaled = (what) => Math.max(least[what], Math.round(most[what] * scale));
    const [kills, frozenSeconds, mebibytes] = [scaled('kills'), scaled('frozenSeconds'), scaled('mebibytes')];
    const code = await runProgram(bin('vitest'), ['run', '--project', 'agent', tests], {
      cwd: inRoot('.'),
      env: {
        KILLS: String(kills),
        FROZEN_SECONDS: String(frozenSeconds),
        BULK_MEBIBYTES: String(mebibytes),
      },
      timeoutMs: 4 * hourMs,
    });
    assert.equal(code, 0, 'every reliability test holds in its long form');
    return { kills, frozenSeconds, mebibytes };
  },
});
