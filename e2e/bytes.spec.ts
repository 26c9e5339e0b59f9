/** The bytes of a row: selected on both sides, copied in every form, whole however long. */
import type { Page } from '@playwright/test';
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

/** Sends `text` from a client of the agent's own to a silent server, and opens the row that received it. */
async function opened(playground: Playground, agent: Agent, text: string): Promise<void> {
  const { port } = await agent.serve({ behaviour: 'discard' });
  const socket = await agent.dial(port);
  await agent.run({ type: 'send', socket, data: { text } });
  await playground.rows(/#3.*received/).click();
  await expect(playground.dump).toBeVisible();
}

const marks = ({ dump }: Playground) => dump.locator('mark');
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('a selection shows on both sides, made by keys', async ({ playground, agent, page }) => {
  await opened(playground, agent, 'happy');
  await playground.dump.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(marks(playground)).toHaveText(['61 70', 'ap']);
  await expect(playground.bytes).toContainText('at 1, 2 bytes');
  await expect(playground.bytes).toContainText(/little endian\s*28769/);
  await page.keyboard.press('Escape');
  await expect(marks(playground)).toHaveCount(0);
  await expect(playground.bytes).toBeVisible();
});

test('a selection shows on both sides, made by the mouse', async ({ playground, agent, page }) => {
  await opened(playground, agent, 'happy');
  await playground.dump.getByText('68 61 70 70 79').click({ position: { x: 2, y: 8 } });
  await expect(marks(playground)).toHaveText(['68', 'h']);
  await page.keyboard.press('Escape');
  await playground.dump.getByText('happy', { exact: true }).click({ position: { x: 10, y: 8 } });
  await expect(marks(playground)).toHaveText(['61', 'a']);
  await expect(playground.bytes).toContainText('UTF-8 “a” U+0061');
});

const forms = {
  hex: '63 61 66 c3 a9 0a',
  text: 'café\n',
  base64: 'Y2Fmw6kK',
  Python: String.raw`b'caf\xc3\xa9\n'`,
  C: 'const unsigned char data[6] = {\n  0x63, 0x61, 0x66, 0xc3, 0xa9, 0x0a,\n};\n',
};

test('bytes are copied in every form, all or those selected', async ({
  playground,
  agent,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await opened(playground, agent, 'café\n');
  for (const [form, copied] of Object.entries(forms)) {
    await playground.bytes.getByRole('button', { name: form, exact: true }).click();
    await expect.poll(() => clipboard(page), form).toBe(copied);
  }
  await playground.dump.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ControlOrMeta+C');
  await expect.poll(() => clipboard(page)).toBe('63 61');
});

test('a payload over 256 bytes is fetched whole', async ({ playground, agent, page }) => {
  await opened(playground, agent, `${'x'.repeat(999)}!`);
  await expect(playground.bytes).toContainText('1,000 bytes');
  await expect(playground.bytes).not.toContainText('fetching');
  await playground.dump.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await expect(playground.bytes).toContainText(/at 0, 1,?000 bytes/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ControlOrMeta+End');
  await expect(marks(playground)).toHaveText(['21', '!']);
});

test('a payload of 1 MiB is as quick to walk', async ({ playground, agent, outside, page }) => {
  const { port } = await agent.serve({ behaviour: 'collect' });
  const client = await outside.client(port);
  client.socket.end(Buffer.alloc(1024 * 1024, 'z'));
  await expect.poll(() => client.size).toBe(1024 * 1024 + 'OK...'.length);
  await playground.filter.fill('sent');
  // Until the filter holds, rows that come move those before them.
  await expect(playground.rows(/received/)).toHaveCount(0);
  await playground
    .rows(/#2.*sent/)
    .last()
    .click();
  await expect(playground.bytes).toContainText('1,048,581 bytes');
  await expect(playground.bytes).not.toContainText('fetching');
  await playground.dump.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ControlOrMeta+End');
  await expect(playground.dump).toContainText('100000');
  await expect(playground.bytes).toContainText('at 1048580, 1 byte');
});

test('the conversation shows the whole of a long message when asked', async ({ playground, agent }) => {
  await opened(playground, agent, `${'x'.repeat(999)}!`);
  await playground.selectSocket(3);
  await expect(playground.conversation).not.toContainText('x!');
  await playground.conversation.getByRole('button', { name: 'show all 1,000 bytes', exact: true }).click();
  await expect(playground.conversation).toContainText('x!');
});

test('fields and bytes lead to each other', async ({ playground, agent, page }) => {
  await opened(playground, agent, 'GET /otter HTTP/1.1\r\nHost: example.com\r\n\r\n');
  await expect(playground.rows(/#3.*received/)).toContainText('HTTP');
  await playground.bytes.getByRole('treeitem', { name: /^Target/ }).click();
  await expect(marks(playground)).toHaveText(['2f 6f 74 74 65 72', '/otter']);
  await playground.dump.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await expect(playground.bytes.getByRole('treeitem', { name: /^Method/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await playground.bytes.getByLabel('Show as').selectOption('DNS');
  await expect(playground.bytes).toContainText('Does not look like DNS');
});
