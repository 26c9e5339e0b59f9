import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './scripts/lib/chromium.mjs';

// Machines are shared and noisy; a timeout is for what hangs, not for what is slow.
const timeouts = { testTimeout: 30_000, hookTimeout: 30_000, expect: { poll: { timeout: 15_000 } } };
const componentTests = 'src/**/*.svelte.test.ts';

export default defineConfig({
  test: {
    // One for each core: left to itself, vitest keeps one free, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      { root: 'shared', test: { name: 'shared', include: ['src/**/*.test.ts'], ...timeouts } },
      { root: 'agent', test: { name: 'agent', include: ['{src,test}/**/*.test.ts'], ...timeouts } },
      {
        extends: './web/vite.config.js',
        root: 'web',
        test: { name: 'web-unit', include: ['src/**/*.test.ts'], exclude: [componentTests], ...timeouts },
      },
      {
        extends: './web/vite.config.js',
        root: 'web',
        test: {
          name: 'web',
          include: [componentTests],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // Two runs on one machine do not meet: the next port is taken.
            api: { strictPort: false },
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumFlags } }),
            instances: [{ browser: 'chromium' }],
          },
          ...timeouts,
        },
      },
      { root: 'scripts', test: { name: 'scripts', include: ['**/*.test.mjs'], ...timeouts } },
    ],
  },
});
