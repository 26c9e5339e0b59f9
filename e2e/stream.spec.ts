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
  await expect(stream).toContainText('9 bytes in 3 chunks, after');
  await page.getByRole('radio', { name: 'Escaped', exact: true }).click();
  await expect(stream).toContainText(String.raw`d\xc3\xa9j\xc3\xa0 vu`);
  await page.getByRole('radio', { name: 'Lines', exact: true }).click();
  await expect(stream).toContainText('line 2, 4 bytes');
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

test('three clicks say which of two clients broke the third line, and when the server closed', async ({
  playground,
  page,
  agent,
}) => {
  const { run } = agent;
  const { port } = await agent.serve({ behaviour: 'none' });
  const [kitchen, garden] = [await agent.dial(port), await agent.dial(port, { label: 'garden' })];
  const say = (socket: number, data: { text: string } | { hex: string }) =>
    run({ type: 'send', socket, data });
  for (const text of ['temp 21.4\n', 'temp 21.5\n', 'temp 21.4\n']) await say(kitchen, { text });
  for (const text of ['temp 9.0\n', 'temp 9.1\n', 'te', 'mp']) await say(garden, { text });
  await say(garden, { hex: 'ff 39 2e 32 0a' });
  await expect(playground.rows(/#5.*received.*xff9\.2/)).toHaveCount(1);
  await run({ type: 'close', socket: 5 });
  await expect(playground.rows(/#5.*closed/)).toHaveCount(1);

  await playground.card(1).click();
  await page.getByRole('tab', { name: 'Stream', exact: true }).click();
  await page.getByRole('radio', { name: 'Lines', exact: true }).click();
  const stream = page.getByRole('region', { name: 'Stream', exact: true });
  await expect(stream).toContainText(
    /#4 garden\s*to server\s*temp\\xff9\.2\\n\s*line 3, 9 bytes, \\xff at byte 5 is no text/,
  );
  await expect(stream).toContainText(/#4 garden\s*to client\s*FIN: the server sends no more\s*\d+\.\d{6} s/);

  // One more leads to the read that had the byte, and that to the write.
  await stream.getByText(String.raw`\xff`, { exact: true }).click();
  await expect(playground.rows(/#5.*received.*xff9\.2/)).toHaveAttribute('aria-selected', 'true');
  await expect(playground.bytes).toContainText('#4 sent the same 5 bytes');
});
