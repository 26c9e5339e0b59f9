import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from '../scripts/lib/chromium.mjs';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  outputDir: '../.reports/e2e',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    // Recording what might be looked at costs every story a fifth; `--trace on` records the one that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
  },
});
