// Proves `npm start` in this workspace as the README gives it: cold it installs, builds and serves, warm it
// only serves, and SIGTERM ends it with 0. Run it in a fresh clone; it fails where something is built already.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { startAgent } from './lib/agent-process.mjs';
import { inRoot, root } from './lib/root.mjs';
import { makeTempFolder } from './lib/temp-folder.mjs';

const cli = inRoot('agent', 'dist', 'cli.mjs');
const coldMs = 10 * 60_000;
const warmMs = 30_000;

assert(!existsSync(cli), `${cli} is there already: this is no fresh clone`);
const data = makeTempFolder();
await prove('cold', coldMs);
const builtAt = statSync(cli).mtimeMs;
const warmStderr = await prove('warm', warmMs);
assert.equal(statSync(cli).mtimeMs, builtAt, 'a warm start built again');
assert.doesNotMatch(warmStderr, /Installing|Building/);
data.remove();

/**
 * @param {string} name
 * @param {number} readyWithinMs
 * @returns {Promise<string>} what it wrote to stderr
 */
async function prove(name, readyWithinMs) {
  const begin = performance.now();
  const args = ['start', '--', '--port', '0', '--data', data.path, '--no-open', '--json'];
  const agent = await startAgent('npm', args, { cwd: root, readyWithinMs });
  try {
    const health = await fetch(new URL('/healthz', agent.origin));
    assert.equal(health.status, 200);
    const page = await fetch(agent.origin);
    assert.match(await page.text(), /<script/);
    console.log(`${name} start: answered after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  } finally {
    assert.equal(await agent.stop(), 0, `${name} start: exit code after SIGTERM`);
  }
  return agent.stderr();
}
