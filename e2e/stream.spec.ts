/** What was cut by writes and reads is one stream: seen whole, in pieces, as messages, and saved as it went. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test('a stream is followed, cut into messages, saved, and compared with its writes', async ({
  playground,
  page,
  agent,
}) => {
  const { run } = agent;
  const { port } = await agent.serve({ behaviour: 'none' });
  await agent.dial(port);
  await playground.selectSocket(2);
  await expect(playground.card(3)).toBeVisible();

  // While nobody reads, three writes gather in the kernel; a small read size cuts one write into many.
  await run({ type: 'pause', socket: 3 });
  for (const text of ['one\n', 'two\n', 'thr']) await run({ type: 'send', socket: 2, data: { text } });
  await run({ type: 'resume', socket: 3 });
  await expect(playground.rows(/#3.*received/)).toHaveCount(1);
  await run({ type: 'setsockopt', socket: 2, option: 'readSize', value: 4 });
  await run({ type: 'send', socket: 3, data: { text: 'déjà vu' } });
  await expect(playground.rows(/#2.*received/)).toHaveCount(3);

  await page.getByRole('tab', { name: 'Stream', exact: true }).click();
  const stream = page.getByRole('region', { name: 'Stream', exact: true });
  await expect(stream).toContainText(String.raw`one\n`);
  await expect(stream).toContainText('déjà vu');
  await expect(stream).toContainText('9 bytes in 3, after');
  await page.getByRole('radio', { name: 'Escaped', exact: true }).click();
  await expect(stream).toContainText(String.raw`d\xc3\xa9j\xc3\xa0 vu`);
  await page.getByLabel('Cut into', { exact: true }).selectOption('lines');
  await expect(stream).toContainText('message 2, 4 bytes');
  await expect(stream).toContainText('incomplete: 3 bytes so far');

  const downloading = page.waitForEvent('download');
  await playground.button('Save raw to client').click();
  expect(await readFile(await (await downloading).path(), 'utf8')).toBe('déjà vu');

  await page.getByRole('radio', { name: 'Writes and chunks', exact: true }).click();
  const writes = page.getByRole('region', { name: 'Writes and chunks', exact: true });
  await expect(writes).toContainText('3 writes in 1 chunk');
  await expect(writes).toContainText('1 write in 3 chunks');
  await writes.getByRole('button', { name: /^No\. \d+, written 4 bytes: two/ }).click();
  await expect(playground.rows(/#2.*sent.*two/)).toHaveAttribute('aria-selected', 'true');
});
