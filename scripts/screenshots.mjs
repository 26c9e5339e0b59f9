// Takes the pictures of the documents: a real agent, real sockets, a real Chromium. Needs a build (`npm run build`).

import { once } from 'node:events';
import net from 'node:net';
import { chromium } from 'playwright';
import { startAgent } from './lib/agent-process.mjs';
import { chromiumFlags, findChromium } from './lib/chromium.mjs';
import { inRoot } from './lib/root.mjs';
import { makeTempFolder } from './lib/temp-folder.mjs';

const host = '127.0.0.1';
const data = makeTempFolder();
const flags = ['--port', '0', '--data', data.path, '--no-open', '--json'];
const agent = await startAgent(process.execPath, [inRoot('agent/dist/cli.mjs'), ...flags]);
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
try {
  const client = await playScene();
  for (const theme of /** @type {const} */ (['light', 'dark'])) await takePicture(client, theme);
} finally {
  await browser.close();
  await agent.stop();
  data.remove();
}

/**
 * @typedef {{ socket: number, local: { port: number } }} Opened
 * @param {object} command
 * @returns {Promise<Opened | null>} null when it was refused
 */
async function run(command) {
  const response = await fetch(`${agent.origin}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.ready.token}` },
    body: JSON.stringify(command),
  });
  const outcome = /** @type {{ result?: Opened }} */ (await response.json());
  return outcome.result ?? null;
}

/**
 * Opens a server at its usual port, or at any free one.
 *
 * @param {'stream' | 'dgram'} socketType
 * @param {string} name
 * @param {number} port
 */
async function serve(socketType, name, port) {
  const command = { type: 'serve', socketType, host, behaviour: { name } };
  const opened = (await run({ ...command, port })) ?? (await run({ ...command, port: 0 }));
  if (opened === null) throw new Error(`No ${name} server could be opened.`);
  return opened.local.port;
}

/** An echo server with a client of ours and one from outside, a datagram server, and a call that nobody answers. */
async function playScene() {
  const port = await serve('stream', 'echo', 8888);
  const client = await run({ type: 'dial', socketType: 'stream', host, port });
  const socket = client?.socket ?? 0;
  /** @param {string} text */
  const say = (text) => run({ type: 'send', socket, data: { text } });
  await say('happy\n');
  await visit(port, 'hello from outside\n');
  await serve('dgram', 'ok', 9999);
  for (const word of ['one', 'two', 'three']) await say(word);
  await run({ type: 'dial', socketType: 'stream', host, port: 9 });
  await say('{"device":"otter-7","temp_c":21.4,"note":"déjà vu"}\n');
  return socket;
}

/**
 * A program that is not ours: it says something, hears it back and leaves.
 *
 * @param {number} port
 * @param {string} text
 */
async function visit(port, text) {
  const visitor = net.connect(port, host);
  visitor.write(text);
  await once(visitor, 'data');
  visitor.end();
  await once(visitor, 'close');
}

/**
 * @param {number} client
 * @param {'light' | 'dark'} colorScheme
 */
async function takePicture(client, colorScheme) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(agent.ready.url);
  await page
    .getByRole('region', { name: 'Sockets' })
    .getByRole('button', { name: new RegExp(`^#${String(client)} client`) })
    .click();
  const rows = page.getByRole('grid', { name: 'Packet log' }).getByRole('row');
  await rows.filter({ hasText: 'sent' }).filter({ hasText: 'otter-7' }).first().click();
  await page.screenshot({ path: inRoot(`docs/playground-${colorScheme}.png`), animations: 'disabled' });
  await page.close();
}
