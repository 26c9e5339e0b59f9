/** Every lesson, solved and done wrong against a real agent, twenty times: without one flake. */
import assert from 'node:assert/strict';
import { inRoot } from '../lib/root.mjs';
import { bin, run as runProgram } from '../lib/run.mjs';
import { defineSoak } from './run.mjs';

const most = 20;
const test = 'test/lessons/lessons.test.ts';
const hourMs = 3_600_000;

export const lessons = defineSoak({
  name: 'lessons',
  promise: 'every step of every lesson passes by doing it and by nothing else, twenty times over',
  short: `agent/${test}`,
  run: async (_stage, scale) => {
    const repeats = Math.max(1, Math.round(most * scale));
    const code = await runProgram(bin('vitest'), ['run', '--project', 'agent', test], {
      cwd: inRoot('.'),
      env: { LESSON_REPEATS: String(repeats) },
      timeoutMs: hourMs,
    });
    assert.equal(code, 0, 'every lesson holds, every time');
    return { repeats };
  },
});
