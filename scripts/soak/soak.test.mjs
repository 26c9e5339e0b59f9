import { afterEach, describe, expect, it } from 'vitest';
import { Stage } from '../bench/lib/stage.mjs';
import { hasBrowser, hasTool } from '../lib/tools.mjs';
import { soaks } from './soaks.mjs';

const shortForm = 0.002;
const timeoutMs = 5 * 60_000;
const possible = process.platform === 'linux' && hasTool('python3') && (await hasBrowser());

describe.skipIf(!possible)('long runs, in short', () => {
  let stage = new Stage();
  afterEach(async () => {
    await stage.close();
    stage = new Stage();
  });

  it.each(soaks.map(({ name, promise, run }) => /** @type {const} */ ([name, promise, run])))(
    '%s: %s',
    async (_name, _promise, run) => {
      expect(Object.keys(await run(stage, shortForm))).not.toEqual([]);
    },
    timeoutMs,
  );
});
