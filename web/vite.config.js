import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { thirdPartyLicences } from '../scripts/lib/third-party.mjs';
import { lessonFiles } from './build/lessons.js';

const agent = process.env.AGENT_URL ?? 'http://127.0.0.1:7654';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    svelte(),
    lessonFiles(`${import.meta.dirname}/lessons`),
    { ...thirdPartyLicences(), apply: 'build' },
  ],
  // The agent puts a new nonce in its place each time it serves the page.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2023',
    // The page is served under a strict CSP: no inline scripts and no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // How long plugins took is no warning to whoever starts this for the first time.
      checks: { bundlerTimings: false },
      // What must be here before anything is drawn is one file: it packs better than the same in many.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': agent,
      '/ws': { target: agent, ws: true },
    },
  },
});
