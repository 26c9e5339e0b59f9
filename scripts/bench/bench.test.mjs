import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../lib/root.mjs';
import { hasBrowser } from '../lib/browser.mjs';
import { hasTool } from '../lib/tools.mjs';
import { median, meets, quantile } from './lib/stats.mjs';
import { lineOf, tableOf } from './report.mjs';
import { rows } from './rows.mjs';
import { runAll } from './run.mjs';
import { Unavailable } from './lib/processes.mjs';

const timeoutMs = 5 * 60_000;
const possible = ['python3', 'socat', 'tshark'].every(hasTool) && (await hasBrowser());
const effort = { pairs: 1, quick: false };

describe('the benchmark', () => {
  it.skipIf(!possible)(
    'has finite numbers, or a reason, for every row, and prints nothing else on stdout',
    async () => {
      const report = JSON.parse(await stdoutOf(['--quick', '--json']));
      expect(report).toMatchObject({ quick: true, node: process.version });
      expect([...new Set(report.lines.map((/** @type {{ row: string }} */ { row }) => row))]).toEqual(
        rows.map(({ name }) => name),
      );
      for (const line of report.lines) {
        if ('unavailable' in line) continue;
        expect(line).toEqual({
          ...{ row: expect.any(String), what: expect.any(String), unit: expect.any(String) },
          ...{ target: expect.stringMatching(/^[≥≤] /), note: expect.any(String) },
          ...{ median: expect.any(Number), min: expect.any(Number), max: expect.any(Number) },
          ...{ pairs: 1, met: null },
        });
      }
    },
    timeoutMs,
  );

  it('goes on when a row cannot run or fails, and says why', async () => {
    const lines = await runAll(
      [
        { name: 'a', run: () => Promise.reject(new Unavailable('no tool')) },
        { name: 'b', run: () => Promise.reject(new Error('broken')) },
        { name: 'c', run: async () => [{ what: 'c', unit: '×', target: { atLeast: 1 }, values: [1, 3, 2] }] },
      ],
      effort,
      () => undefined,
    );
    expect(lines).toMatchObject([
      { row: 'a', unavailable: 'no tool' },
      { row: 'b', failed: 'broken' },
      { row: 'c', median: 2, min: 1, max: 3, pairs: 3, met: true, target: '≥ 1' },
    ]);
    expect(tableOf(lines)).toMatch(/^a +unavailable: no tool$/m);
  });

  it('takes medians and shares of what is not in order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
    expect(quantile([3, 1, 2], 0.99)).toBe(3);
    expect(quantile([3, 1, 2], 0)).toBe(1);
  });

  it('meets a target at its very edge, and gives no verdict on tiny loads', () => {
    expect(meets(0.9, { atLeast: 0.9 })).toBe(true);
    expect(meets(36, { atMost: 35 })).toBe(false);
    const measure = { what: 'x', unit: 'ms', target: { atMost: 35 }, values: [36] };
    expect(lineOf('x', measure, true).met).toBeNull();
  });
});

/**
 * @param {string[]} args
 * @returns {Promise<string>}
 */
async function stdoutOf(args) {
  const child = spawn(process.execPath, [inRoot('scripts', 'bench.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
  await once(child, 'close');
  return text;
}
