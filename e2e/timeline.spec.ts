/** The ladder: who said what to whom, read from the table that says the same as the picture. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';

const say = (agent: Agent, socket: number, text: string) =>
  agent.run({ type: 'send', socket, data: { text } });

test('a chat of three shows the right ladder; zoom and selection keep step with the log', async ({
  playground,
  agent,
  page,
}) => {
  const { local } = await agent.run({
    type: 'serve',
    socketType: 'stream',
    host: '127.0.0.1',
    port: 0,
    behaviour: { name: 'chat' },
  });
  const port = Number(/"port":(\d+)/.exec(JSON.stringify(local))?.[1]);
  // #1 is the room; each guest's own end comes first, then the room's: #2 and #3, #4 and #5, #6 and #7.
  const guests = [await agent.dial(port), await agent.dial(port), await agent.dial(port)];
  expect(guests).toEqual([2, 4, 6]);
  await expect(playground.rows(/#2.*received.*entered room/)).toHaveCount(2);
  await say(agent, 2, 'hi all');
  await expect(playground.rows(/#6.*received.*hi all/)).toBeVisible();
  await agent.run({ type: 'close', socket: 4 });
  await expect(playground.rows(/#6.*received.*is offline/)).toBeVisible();
  await expect(playground.rows(/#5.*closed/)).toBeVisible();

  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await tab('Log').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Timeline')).toHaveAttribute('aria-selected', 'true');
  const ladder = page.getByRole('grid', { name: 'Timeline', exact: true });
  const rows = (says: RegExp) => ladder.getByRole('row').filter({ hasText: says });
  await playground.button('Fit').click();

  await test.step('each line goes from its sender to the room, and from there to the two others', async () => {
    const number = /(\d+)\D/.source;
    await expect(rows(/#2\s*sent 6 bytes: hi all\s*to #3, received as No\. \d+/)).toHaveCount(1);
    await expect(rows(/#3\s*received 6 bytes: hi all\s*from #2, written as No\. \d+/)).toHaveCount(1);
    for (const [from, to] of [
      [5, 4],
      [7, 6],
    ]) {
      await expect(
        rows(new RegExp(`#${from}\\s*sent .*hi all\\s*to #${to}, received as No\\. ${number}?`)),
      ).toHaveCount(1);
      await expect(
        rows(new RegExp(`#${to}\\s*received .*hi all\\s*from #${from}, written as No\\. `)),
      ).toHaveCount(1);
    }
    await expect(rows(/#5\s*ended, FIN received\s*from #4, No\. \d+/)).toHaveCount(1);
    await expect(rows(/#4\s*ended, FIN sent\s*to #5, No\. \d+/)).toHaveCount(1);
  });

  await test.step('a row that is selected here is selected in the log, and its bytes are open', async () => {
    await ladder.focus();
    await page.keyboard.press('Home');
    const sent = await rows(/#2\s*sent 6 bytes: hi all/).getAttribute('aria-rowindex');
    for (let index = 2; index < Number(sent); index += 1) await page.keyboard.press('ArrowDown');
    await expect(rows(/#2\s*sent 6 bytes: hi all/)).toHaveAttribute('aria-selected', 'true');
    await expect(playground.bytes).toContainText('68 69 20 61 6c 6c');
    for (const _ of [1, 2, 3]) await page.keyboard.press('+');
    await expect(rows(/#2\s*sent 6 bytes: hi all/)).toHaveAttribute('aria-selected', 'true');
    const all = Number(await ladder.getAttribute('aria-rowcount'));
    await expect.poll(() => ladder.getByRole('row').count()).toBeLessThan(all);
    await expect(playground.follow).toHaveAttribute('aria-pressed', 'false');
    await tab('Log').click();
    await expect(playground.rows(/#2.*sent\s*hi all/)).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('the filter is the log’s, and the tab is remembered', async () => {
    await tab('Timeline').click();
    await playground.filter.fill('#6');
    await expect(ladder).toHaveAttribute('aria-rowcount', /^\d$|^1\d$/);
    await expect(rows(/#2\s/)).toHaveCount(0);
    await page.reload();
    await expect(ladder).toBeVisible();
  });

  await test.step('filtered, it follows what the filter lets through', async () => {
    await playground.filter.fill('#6');
    await expect(rows(/#2\s/)).toHaveCount(0);
    // What is still selected may have held it.
    if ((await playground.follow.getAttribute('aria-pressed')) === 'false') await playground.follow.click();
    await expect(playground.follow).toHaveAttribute('aria-pressed', 'true');
    await say(agent, 2, 'to all\n');
    await expect(rows(/#6\s*received .*to all/)).toBeVisible();
    await expect(rows(/#2\s/)).toHaveCount(0);
    await playground.filter.fill('');
  });

  await test.step('saved, cleared and opened, it is the same picture', async () => {
    // Without a file picker the browser downloads.
    await page.evaluate(() => Object.defineProperty(window, 'showSaveFilePicker', { value: undefined }));
    const picture = async () => {
      await playground.button('Fit').click();
      // All of it, once the table has caught up.
      const all = Number(await ladder.getAttribute('aria-rowcount'));
      await expect(ladder.getByRole('row')).toHaveCount(all);
      return ladder.getByRole('row').allInnerTexts();
    };
    const live = await picture();
    await playground.button('Save').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Session file', exact: true }).click();
    const file = await (await downloading).path();
    await playground.button('Clear').click();
    await expect(ladder).toHaveAttribute('aria-rowcount', '1');
    await playground.openFile(file);
    await expect(playground.lamp).toHaveText('recording');
    await expect(rows(/#6\s*received .*to all/)).toHaveCount(1);
    await expect.poll(picture).toEqual(live);
  });
});
