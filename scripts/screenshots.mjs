// Takes the pictures of the documents: a real agent, real sockets, a real Chromium. Needs a build (`npm run build`).

import { once } from 'node:events';
import net from 'node:net';
import { chromium } from 'playwright';
import { startAgent } from './lib/agent-process.mjs';
import { chromiumFlags, findChromium } from './lib/chromium.mjs';
import { inRoot } from './lib/root.mjs';

const agent = await startAgent(process.execPath, [
  inRoot('agent/dist/cli.mjs'),
  '--port',
  '0',
  '--no-open',
  '--json',
]);
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
try {
  await playScene();
  for (const theme of /** @type {const} */ (['light', 'dark'])) await takePicture(theme);
} finally {
  await browser.close();
  await agent.stop();
}

/** @param {object} command */
async function run(command) {
  const response = await fetch(`${agent.origin}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.ready.token}` },
    body: JSON.stringify(command),
  });
  const outcome = /** @type {{ result: { socket: number }, problem?: object }} */ (await response.json());
  if (!response.ok) console.warn(outcome.problem);
  return outcome.result;
}

/** An echo server with a client of ours and one from outside, a datagram server, and a call that nobody answers. */
async function playScene() {
  const host = '127.0.0.1';
  await run({ type: 'serve', socketType: 'stream', host, port: 8888, behaviour: { name: 'echo' } });
  const client = await run({ type: 'dial', socketType: 'stream', host, port: 8888 });
  await say(client.socket, 'happy\n');
  await visit(8888, 'hello from outside\n');
  await run({ type: 'serve', socketType: 'dgram', host, port: 9999, behaviour: { name: 'ok' } });
  for (const word of ['one', 'two', 'three'])
    void run({ type: 'send', socket: client.socket, data: { text: word } });
  await run({ type: 'dial', socketType: 'stream', host, port: 9000 });
  await say(client.socket, '{"device":"otter-7","temp_c":21.4,"note":"déjà vu"}\n');
}

/**
 * @param {number} socket
 * @param {string} text
 */
function say(socket, text) {
  return run({ type: 'send', socket, data: { text } });
}

/**
 * A program that is not ours: it says something, hears it back and leaves.
 *
 * @param {number} port
 * @param {string} text
 */
async function visit(port, text) {
  const visitor = net.connect(port, '127.0.0.1');
  visitor.write(text);
  await once(visitor, 'data');
  visitor.end();
  await once(visitor, 'close');
}

/** @param {'light' | 'dark'} colorScheme */
async function takePicture(colorScheme) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(agent.ready.url);
  await page
    .getByRole('region', { name: 'Sockets' })
    .getByRole('button', { name: /^#2 client/ })
    .click();
  const rows = page.getByRole('grid', { name: 'Packet log' }).getByRole('row');
  await rows.filter({ hasText: 'sent' }).filter({ hasText: 'otter-7' }).first().click();
  await page.screenshot({ path: inRoot(`docs/playground-${colorScheme}.png`), animations: 'disabled' });
  await page.close();
}
