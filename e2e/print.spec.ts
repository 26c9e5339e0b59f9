/** Printing the page while it shows the log prints the log's rows; what else is shown is printed as it stands. */
import { expect, test } from './fixtures.ts';

const count = 120;

test('the log is printed with all of its rows, on white paper, and leaves nothing behind', async ({
  playground,
  agent,
  page,
}) => {
  const { port } = await agent.serve({ behaviour: 'discard' });
  const socket = await agent.dial(port);
  for (let number = 1; number <= count; number += 1)
    await agent.run({ type: 'send', socket, data: { text: `word ${number}.` } });
  await expect(playground.rows(new RegExp(`received.*word ${count}\\.`))).toHaveCount(1);
  await playground.whole();

  const pages = async () => (await page.pdf()).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  expect(await pages()).toBeGreaterThan(2);
  const paper = page.locator('.printed-log');
  await expect(paper).toHaveCount(0);

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(paper.getByText('received word 1.', { exact: true })).toBeVisible();
  await expect(paper.getByText(`received word ${count}.`, { exact: true })).toBeVisible();
  await expect(page.locator('#app')).toBeHidden();
  const ink = await paper.evaluate((element) => getComputedStyle(element).color);
  expect(Number(/^lab\(([\d.]+)/.exec(ink)?.[1]), 'lightness of the ink').toBeLessThan(30);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(paper).toHaveCount(0);

  await page.emulateMedia({ media: null });
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(playground.rows(/./)).toHaveCount(0);
  expect(await pages()).toBe(1);
});
