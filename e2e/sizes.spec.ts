/** From a phone to a wide screen: nothing is wider than the window, and everything can be reached. */
import type { Page } from '@playwright/test';
import { expect, noLink, test } from './fixtures.ts';
import { onEveryScreen } from './screens.ts';

/** How many px the page is wider than the window. */
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const [width, height] of [
  [390, 844],
  [1024, 768],
  [1440, 900],
] as const) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height } });

    test('no screen is wider than the window', async ({ playground, agent, outside, page, troubles }) => {
      troubles.expect(noLink);
      const wider: string[] = [];
      await onEveryScreen({ playground, agent, outside }, async (screen) => {
        if ((await overflow(page)) > 0) wider.push(`${screen}: ${await overflow(page)} px`);
      });
      expect(wider).toEqual([]);
    });

    test('a long message stays in its field', async ({ playground, page }) => {
      await playground.button('New server').click();
      await playground.fillServer({ port: 0 });
      await playground.button('Open server').click();
      await playground.conversation.getByRole('button', { name: 'Connect a client', exact: true }).click();
      await playground.message.fill('longer than anyone would write by hand, '.repeat(10));
      expect(await overflow(page)).toBe(0);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the newcomer’s minute, with everything in reach', async ({ playground, page }) => {
    await playground.button('New server').click();
    await playground.fillServer({ port: 0 });
    await playground.button('Open server').click();
    await playground.conversation.getByRole('button', { name: 'Connect a client', exact: true }).click();
    await playground.say('small');
    await playground.rows(/#2.*received/).click();
    await expect(playground.bytes).toContainText('73 6d 61 6c 6c 0a');
    await playground.bytes.getByRole('button', { name: 'Close bytes', exact: true }).click();
    await playground.button('Close').click();
    await expect(playground.card(2, 'closed')).toBeVisible();

    const panes = page.getByRole('navigation', { name: 'Panes', exact: true });
    for (const [link, pane] of [
      ['Sockets', playground.button('New server')],
      ['Conversation', playground.conversation],
      ['Traffic', playground.filter],
    ] as const) {
      await panes.getByRole('link', { name: link, exact: true }).click();
      await expect(pane).toBeInViewport();
    }
  });
});
