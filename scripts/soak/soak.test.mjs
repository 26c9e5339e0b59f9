import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Stage } from '../bench/lib/stage.mjs';
import { inRoot } from '../lib/root.mjs';
import { hasBrowser } from '../lib/browser.mjs';
import { hasTool } from '../lib/tools.mjs';
import { soaks } from './soaks.mjs';

const shortForm = 0.002;
const timeoutMs = 5 * 60_000;
const runs = soaks.filter(({ short }) => short === undefined);
const possible = process.platform === 'linux' && hasTool('python3') && (await hasBrowser());

it('what has its short form elsewhere names a test that exists', () => {
  for (const { short } of soaks) if (short !== undefined) expect(existsSync(inRoot(short))).toBe(true);
});

describe.skipIf(!possible)('long runs, in short', () => {
  let stage = new Stage();
  afterEach(async () => {
    await stage.close();
    stage = new Stage();
  });

  it.each(runs.map(({ name, promise, run }) => /** @type {const} */ ([name, promise, run])))(
    '%s: %s',
    async (_name, _promise, run) => {
      expect(Object.keys(await run(stage, shortForm))).not.toEqual([]);
    },
    timeoutMs,
  );
});
