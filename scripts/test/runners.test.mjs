import { afterEach, expect, it, vi } from 'vitest';
import { inBrowser, playwrightSkipped, vitestSkipped } from './runners.mjs';

afterEach(() => void vi.unstubAllEnvs());

it.each([
  ['component', vitestSkipped(['web'])],
  ['end-to-end', playwrightSkipped],
])('without a browser %s tests are not run, and counted one by one', async (_, skipped) => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
  const run = vi.fn();
  const counts = await inBrowser(run, skipped)();
  expect(run).not.toHaveBeenCalled();
  expect(counts).toMatchObject({ passed: 0, failed: 0, failures: [] });
  expect(counts.skipped).toBeGreaterThan(100);
});
