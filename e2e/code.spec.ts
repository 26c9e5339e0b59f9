/** What was clicked, as a program: it stands beside the log, leads there and back, and runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { hasTool } from '../scripts/lib/tools.mjs';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

const program = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const line = (page: Page, name: string, text: RegExp): Locator =>
  program(page, name).getByRole('option', { name: text });

/** An echo server, a client of it, and a word, as a newcomer does it. */
async function talk(playground: Playground): Promise<void> {
  await playground.button('New server').click();
  await playground.fillServer({ port: 0 });
  await playground.button('Open server').click();
  await playground.conversation.getByRole('button', { name: 'Connect a client', exact: true }).click();
  await playground.say('happy');
  await expect(playground.rows(/#2.*received/)).toBeVisible();
  await playground.page.getByRole('tab', { name: 'Code', exact: true }).click();
}

/** Runs it as a reader would, and returns what it printed. */
async function run(source: string): Promise<string> {
  const child = spawn('python3', ['-'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, trouble] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (trouble += text.toString()));
  child.stdin.end(source);
  await once(child, 'close');
  expect(trouble).toBe('');
  return out;
}

test('what was just clicked is a program, in step with the log', async ({ playground, page }) => {
  await talk(playground);
  await expect(line(page, 'client #2', /with socket\.create_connection/)).toBeVisible();
  await expect(line(page, 'server #1, #3', /conn\.sendall\(data\)/)).toBeVisible();

  await playground.rows(/#3.*received/).click();
  await expect(line(page, 'server #1, #3', /conn\.recv/)).toHaveAttribute('aria-selected', 'true');
  await line(page, 'client #2', /s\.sendall/).click();
  await expect(playground.rows(/#2.*sent/)).toHaveAttribute('aria-selected', 'true');
  await expect(line(page, 'client #2', /s\.sendall/)).toHaveAttribute('aria-selected', 'true');

  const list = program(page, 'client #2').getByRole('listbox');
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(playground.rows(/#2.*received/)).toHaveAttribute('aria-selected', 'true');

  await playground.say('again');
  await expect(line(page, 'client #2', /s\.sendall\(b"again\\n"\)/)).toBeVisible();
  await playground.button('Close').click();
  await expect(line(page, 'client #2', /# leaving "with" closes s/)).toBeVisible();
});

test('a program is copied and downloaded, and runs', async ({ playground, page, context }) => {
  test.skip(!hasTool('python3'), 'needs python3');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await talk(playground);
  await playground.button('Close').click();
  await expect(line(page, 'client #2', /# leaving "with" closes s/)).toBeVisible();

  const client = program(page, 'client #2');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await client.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(clipboard).toContain('import socket');
  const copied = await clipboard();
  const downloading = page.waitForEvent('download');
  await client.getByRole('button', { name: 'Download', exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('client-2.py');
  expect(await readFile(await download.path(), 'utf8')).toBe(copied);

  expect(await run(copied)).toBe("b'happy\\n'\n");
  await expect(playground.rows(/#4.*received\s*happy/)).toBeVisible();
});

test('a recording has its programs too', async ({ playground, page }) => {
  const at = { host: '127.0.0.1', port: 8888 };
  const events = [
    { type: 'opened', socket: 1, family: 'inet', socketType: 'dgram', label: 'kept' },
    { type: 'bound', socket: 1, local: at },
    { type: 'received', socket: 1, size: 2, data: btoa('hi'), remote: { ...at, port: 5000 } },
  ].map((event, index) => JSON.stringify({ seq: index + 1, time: index * 1e9, ...event }));
  const buffer = Buffer.from(events.join('\n'));
  await playground.openFile({ name: 'kept.jsonl', mimeType: 'application/x-ndjson', buffer });
  await playground.selectSocket(1);
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await expect(line(page, 'server #1', /# label: kept/)).toBeVisible();
  await line(page, 'server #1', /data, sender = s\.recvfrom/).click();
  await expect(playground.rows(/#1.*received/)).toHaveAttribute('aria-selected', 'true');
});
