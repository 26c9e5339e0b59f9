// `npm run dev`: the page from Vite's server, the agent rebuilt and restarted when its sources change.

import { mkdirSync } from 'node:fs';
import { startAgent } from './lib/agent-process.mjs';
import { ensureInstalled, orExplain } from './lib/ensure.mjs';
import { freePort } from './lib/free-port.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/root.mjs';
import { buildStep, markStale } from './lib/stamp.mjs';

requireSupportedNode();
await orExplain(ensureInstalled);
// What is built from here on is not what `npm start` would build.
markStale(buildStep);
mkdirSync(inRoot('agent', 'dist', 'page'), { recursive: true });

// One for the whole session, so that the page's server finds every restart.
const port = await freePort();
process.env.AGENT_URL = `http://127.0.0.1:${String(port)}`;

const { createServer } = await import('vite');
const page = await createServer({ configFile: inRoot('web', 'vite.config.js') });
await page.listen();
const origin = `http://127.0.0.1:${String(page.config.server.port)}`;

/** @type {import('./lib/agent-process.mjs').AgentProcess | undefined} */
let agent;
/** Restarts wait for one another. @type {Promise<void>} */
let turn = Promise.resolve();

const { watch } = await import('rolldown');
const { default: config } = await import('../agent/rolldown.config.js');
const watcher = watch(config);
watcher.on('event', (event) => {
  if (event.code === 'ERROR') console.error(event.error.message);
  if (event.code === 'END') turn = turn.then(restart);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, async () => {
    await Promise.all([agent?.stop(), watcher.close(), page.close()]);
    process.exit(0);
  });
}

async function restart() {
  await agent?.stop();
  const cli = inRoot('agent', 'dist', 'cli.mjs');
  try {
    const flags = ['--no-open', '--json', '--port', String(port), '--origin', origin];
    agent = await startAgent(process.execPath, [cli, ...flags], { showStderr: true });
    console.log(`${origin}/#token=${agent.ready.token}`);
  } catch (error) {
    agent = undefined;
    // Its stderr has said why; the next change tries again.
    console.error(error instanceof Error ? error.message.split('\n')[0] : error);
  }
}
