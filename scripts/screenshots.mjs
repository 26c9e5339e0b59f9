// `npm run screenshots` takes the pictures of the documents: a real agent, real sockets, a real Chromium.

import { startAgent } from './lib/agent-process.mjs';
import { chromiumFlags, findChromium } from './lib/chromium.mjs';
import { ensureBuilt, orExplain } from './lib/ensure.mjs';
import { flagsOf } from './lib/flags.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/root.mjs';
import { makeTempFolder } from './lib/temp-folder.mjs';
import { playScene } from './screenshots/scene.mjs';
import { shots } from './screenshots/shots.mjs';

requireSupportedNode();
flagsOf({}, 'Usage: npm run screenshots');

await orExplain(ensureBuilt);
// This needs what was just installed.
const { chromium } = await import('playwright');

const data = makeTempFolder();
const flags = ['--port', '0', '--data', data.path, '--no-open', '--json'];
try {
  const agent = await startAgent(process.execPath, [inRoot('agent/dist/cli.mjs'), ...flags]);
  try {
    await takeAll(agent);
  } finally {
    await agent.stop();
  }
} finally {
  data.remove();
}

/** @param {import('./lib/agent-process.mjs').AgentProcess} agent */
async function takeAll(agent) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    await playScene(agent);
    for (const shot of shots) await take(shot, browser, agent.ready.url);
  } finally {
    await browser.close();
  }
}

/**
 * @param {import('./screenshots/shots.mjs').Shot} shot
 * @param {import('playwright').Browser} browser
 * @param {string} url
 */
async function take({ name, colorScheme, size: [width, height], show }, browser, url) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('region', { name: 'Sockets' }).getByRole('button', { name: /^#1\b/ }).waitFor();
  const shown = await show(page);
  await page.mouse.move(0, 0);
  await shown.screenshot({ path: inRoot(`docs/${name}.png`), animations: 'disabled' });
  await context.close();
}
