/** A session outlives its run: as a file, and in the folder of the agent. Opened again it is whole, and inert. */
import type { Page } from '@playwright/test';
import { startRealAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import { expect, noLink, test } from './fixtures.ts';
import { Playground } from './playground.ts';

async function traffic(agent: Agent): Promise<void> {
  const { port } = await agent.serve();
  const socket = await agent.dial(port);
  for (const word of ['one', 'two', 'three']) {
    await agent.run({ type: 'send', socket, data: { text: word } });
  }
}

const otherFile = {
  name: 'other.jsonl',
  mimeType: 'application/x-ndjson',
  buffer: Buffer.from(
    '{"seq":1,"time":1,"socket":1,"type":"opened","family":"inet","socketType":"stream","label":null}\n',
  ),
};

/** The browser's own dialog cannot be operated from a test: the page takes the other way it has. */
const withoutPicker = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(window, 'showSaveFilePicker', { value: undefined }));

async function expectInert(playground: Playground): Promise<void> {
  await playground.selectSocket(2);
  await expect(
    playground.page.getByText('A recording: its sockets are long closed, nothing can be sent.'),
  ).toBeVisible();
  await expect(playground.message).toBeHidden();
  for (const name of ['New server', 'New client', 'Send', 'Close', 'Reset', 'Pause', 'End', 'Close all']) {
    await expect(playground.button(name)).toHaveCount(0);
  }
}

test('saved as a session file and opened again: the same rows, and nothing can be done to them', async ({
  page,
  agent,
}) => {
  await withoutPicker(page);
  const playground = new Playground(page);
  await playground.open(agent.ready.url);
  await traffic(agent);
  await expect(playground.rows(/#2.*received\s*three/)).toBeInViewport();
  const live = await playground.rowTexts();

  await playground.button('Save').click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Session file', exact: true }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/\.session$/);
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();

  const file = test.info().outputPath(saved.suggestedFilename());
  await saved.saveAs(file);
  await playground.openFile(file);
  await expect(playground.lamp).toHaveText('recording');
  await expect(playground.rows(/#2.*received\s*three/)).toBeVisible();
  await expect.poll(() => playground.rowTexts()).toEqual(live);
  await expectInert(playground);

  await playground.tab('Live').click();
  await expect(playground.button('New server')).toBeVisible();
  await agent.serve({ label: 'went on' });
  await expect(playground.card(4, 'went on')).toBeVisible();
});

test('a save that takes long says how far it is and can be cancelled, with the agent gone too', async ({
  page,
  agent,
  troubles,
}) => {
  troubles.expect(noLink);
  await page.addInitScript(() => {
    // A disk that never has room for the first byte.
    const createWritable = () => Promise.resolve(new WritableStream({}, { highWaterMark: 0 }));
    const value = () => Promise.resolve({ name: 'slow.csv', createWritable });
    Object.defineProperty(window, 'showSaveFilePicker', { value });
  });
  const playground = new Playground(page);
  await playground.open(agent.ready.url);
  await playground.whole();
  await agent.stop('SIGKILL');
  await playground.openFile(otherFile);
  await expect(playground.tab('other.jsonl')).toBeVisible();

  await playground.button('Save').click();
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saving slow.csv' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Cancelled. Nothing was saved.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Saving', exact: true })).toBeHidden();
});

test('going back finds everything as it was', async ({ agent, playground }) => {
  await traffic(agent);
  await playground.selectSocket(2);
  await playground.filter.fill('two');
  await expect(playground.rows('received')).toHaveCount(2);
  await playground.openFile(otherFile);
  await expect(playground.filter).toHaveValue('');
  await expect(playground.log.getByRole('row')).toHaveCount(2);
  const recording = playground.tab('other.jsonl');
  await expect(recording).toHaveAttribute('aria-selected', 'true');

  await recording.press('ArrowLeft');
  await expect(playground.filter).toHaveValue('two');
  await expect(playground.rows('received')).toHaveCount(2);
  await expect(playground.card(2)).toHaveAttribute('aria-current', 'true');

  await playground.tab('Live').press('ArrowRight');
  await recording.press('Delete');
  await expect(recording).toHaveCount(0);
  await expect(playground.log).toBeFocused();
  await expect(playground.filter).toHaveValue('two');
});

test('killed under an open page: the next run opens what it left in one click, every row', async ({
  context,
  playground,
  data,
  agent,
  troubles,
}) => {
  troubles.expect(noLink);
  await traffic(agent);
  await expect(playground.rows(/#2.*received\s*three/)).toBeInViewport();
  const seen = await playground.rowTexts();
  await playground.whole();
  await agent.stop('SIGKILL');

  const next = await startRealAgent({ data, port: agent.ready.port });
  try {
    const after = new Playground(await context.newPage());
    await after.open(next.ready.url);
    const before = /^Open the session before: \d\d:\d\d, \d+ events$/;
    await after.page.getByRole('button', { name: before }).click();
    await expect(after.rows(/#2.*received\s*three/)).toBeVisible();
    await expect.poll(() => after.rowTexts()).toEqual(seen);
    await expectInert(after);
  } finally {
    await next.stop();
  }
});

test('the dialog has the sessions of the folder, says which one is live, and opens by Enter', async ({
  page,
  data,
  agent,
}) => {
  await traffic(agent);
  await agent.stop();
  const next = await startRealAgent({ data, port: agent.ready.port });
  try {
    const playground = new Playground(page);
    await playground.open(next.ready.url);
    await playground.button('Open').click();
    const rows = playground.sessions.getByRole('list', { name: 'Kept sessions' }).getByRole('button');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('this is what you see live');
    await expect(rows.first()).toBeDisabled();
    await expect(rows.last()).toContainText('complete');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(playground.sessions).toBeHidden();
    await expect(playground.lamp).toHaveText('recording');
    await expect(playground.rows(/#2.*received\s*three/)).toBeVisible();
  } finally {
    // A page that outlives its agent asks for it and complains.
    await page.close();
    await next.stop();
  }
});

test('a hostile file is refused with words, and nothing else happens', async ({ playground, page }) => {
  const name = '\u202egnp.exe<img src=x onerror=alert(1)>.session';
  const buffer = Buffer.from('\u0000<script>alert(1)</script>'.repeat(1000));
  await playground.openFile({ name, mimeType: 'application/octet-stream', buffer });
  const banner = page.getByRole('region', { name: 'Recording', exact: true });
  await expect(banner.getByRole('alert')).toHaveText(
    'This file is neither a session of Socket Playground nor a capture of packets.',
  );
  await expect(banner).toContainText('not-a-session');
  await expect(playground.lamp).toHaveText('cannot be read');
  await expect(page.locator('img')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: /\u202e/ })).toHaveCount(0);
  await banner.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(banner).toBeHidden();
  await expect(playground.button('New server')).toBeVisible();
});

test('a file dropped anywhere on the page is opened', async ({ playground, page, agent }) => {
  await traffic(agent);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['nothing of ours'], 'dropped.session'));
    return data;
  });
  await playground.log.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop it to open it.')).toBeVisible();
  await playground.log.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop it to open it.')).toBeHidden();
  await expect(playground.tab('dropped.session')).toBeVisible();
});

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 1024, height: 700 } });

  test('of many recordings the one that is shown can be seen, and that it is one', async ({
    playground,
    page,
  }) => {
    const names = [
      'the first of several.jsonl',
      'the second of several.jsonl',
      'and the third of them.jsonl',
    ];
    for (const name of names) {
      const line =
        '{"seq":1,"time":1,"socket":1,"type":"opened","family":"inet","socketType":"stream","label":null}\n';
      await playground.openFile({ name, mimeType: 'application/x-ndjson', buffer: Buffer.from(line) });
      await expect(playground.tab(name)).toBeInViewport({ ratio: 1 });
      await expect(playground.tab('Live')).toBeInViewport({ ratio: 1 });
    }
    // Scrolled to, it may stand half a pixel over the edge.
    const close = page.getByRole('button', { name: `Close recording ${names[2]}` });
    await expect(close).toBeInViewport({ ratio: 0.9 });
    const shape = await playground.lamp.evaluate((lamp) => getComputedStyle(lamp, '::before').width);
    expect(shape).toBe('7px');
  });
});
