// Builds the page and the agent into agent/dist, which is what runs and what is published.

import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { ensureInstalled } from './lib/ensure.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/root.mjs';
import { bin, run } from './lib/run.mjs';
import { buildStep, hashOf, markFresh, markStale, packageDocuments } from './lib/stamp.mjs';

requireSupportedNode();
await ensureInstalled();
const hash = hashOf(buildStep);
markStale(buildStep);
rmSync(inRoot('agent', 'dist'), { recursive: true, force: true });

// The runner: bundling its configuration would be timed too, and told on a slow machine.
const codes = await Promise.all([
  run(bin('vite', 'web'), ['build', '--configLoader', 'runner', '--logLevel', 'warn'], {
    cwd: inRoot('web'),
  }),
  run(bin('rolldown', 'agent'), ['-c', '--logLevel', 'warn'], { cwd: inRoot('agent') }),
]);
if (codes.some((code) => code !== 0)) process.exit(1);

cpSync(inRoot('web', 'dist'), inRoot('agent', 'dist', 'page'), { recursive: true });
for (const file of packageDocuments) copyFileSync(inRoot(file), inRoot('agent', file));
markFresh(buildStep, hash);
