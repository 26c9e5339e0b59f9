/** A session leaves as packets and comes back the same; somebody else's packets open in the same views. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { hasTool } from '../scripts/lib/tools.mjs';
import { expect, test } from './fixtures.ts';
import { Playground } from './playground.ts';

test('saved as pcapng and opened again: the same rows; and a capture that text2pcap wrote', async ({
  page,
  agent,
}) => {
  await page.addInitScript(() => Object.defineProperty(window, 'showSaveFilePicker', { value: undefined }));
  const playground = new Playground(page);
  await playground.open(agent.ready.url);
  const { port } = await agent.serve();
  const socket = await agent.dial(port);
  await agent.run({ type: 'send', socket, data: { text: 'happy' } });
  await expect(playground.rows(/#2.*received\s*happy/)).toBeInViewport();
  const live = await playground.rowTexts();

  await playground.button('Save').click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'pcapng', exact: true }).click();
  const saved = await download;
  await expect(page.getByText(/There was nothing to hide\./)).toBeVisible();
  expect(saved.suggestedFilename()).toMatch(/\.pcapng$/);
  const file = test.info().outputPath(saved.suggestedFilename());
  await saved.saveAs(file);
  await playground.openFile(file);
  await expect(playground.lamp).toHaveText('recording');
  await expect(playground.rows(/#2.*received\s*happy/)).toBeVisible();
  await expect.poll(() => playground.rowTexts()).toEqual(live);

  test.skip(!hasTool('text2pcap'), 'text2pcap is not here');
  const [text, other] = ['bytes.txt', 'other.pcap'].map((name) => test.info().outputPath(name));
  writeFileSync(text ?? '', '000000 68 65 6c 6c 6f\n');
  execFileSync('text2pcap', ['-q', '-F', 'pcap', '-u', '4660,22136', text ?? '', other ?? ''], {
    stdio: 'ignore',
  });
  await playground.openFile(other ?? '');
  await expect(playground.rows(/4660.*22136.*UDP.*5.*hello/)).toBeVisible();
});
