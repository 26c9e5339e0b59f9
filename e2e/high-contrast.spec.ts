/** High contrast: the browser takes backgrounds and shadows away, and the page must still say everything. */
import { expect, test } from './fixtures.ts';

test.use({ contextOptions: { forcedColors: 'active' } });

test('what is selected, what can be operated and every mark can be seen', async ({ playground, agent }) => {
  const { socket } = await agent.serve();
  await playground.selectSocket(socket);
  await playground.card(socket).blur();
  await expect(playground.card(socket)).toHaveCSS('outline-style', 'solid');
  await expect(playground.button('New server')).toHaveCSS('outline-style', 'solid');
  const mark = playground.card(socket).locator('i.state');
  const [mine, behind] = await mark.evaluate((element) => [
    getComputedStyle(element).backgroundColor,
    getComputedStyle(document.body).backgroundColor,
  ]);
  expect(mine).not.toBe(behind);
  await playground.button('New server').click();
  const echo = playground.newServer.getByRole('radio', { name: 'echo', exact: true });
  await expect(echo).toHaveCSS('appearance', 'auto');
});
