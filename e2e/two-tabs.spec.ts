/** Several tabs, one truth. */
import { expect, test } from './fixtures.ts';

test('what is opened in one tab is closed in the other', async ({ playground, secondTab }) => {
  await playground.button('New server').click();
  await playground.fillServer({ port: 0 });
  await playground.button('Open server').click();
  await expect(secondTab.card(1, 'listening')).toBeVisible();
  await secondTab.selectSocket(1);
  await secondTab.button('Close').click();
  await expect(playground.card(1, 'closed')).toBeVisible();
  await expect(playground.rows(/#1.*closed/)).toBeVisible();
});

test('both tabs have the same rows, also the tab that came late', async ({
  playground,
  secondTab,
  agent,
}) => {
  const { port } = await agent.serve();
  await agent.dial(port);
  await playground.selectSocket(2);
  await playground.say('to both');
  for (const tab of [playground, secondTab]) await expect(tab.rows(/#2.*received\s*to both/)).toBeVisible();
  const rows = await playground.log.getByRole('row').allInnerTexts();
  await secondTab.page.reload();
  await expect(secondTab.log.getByRole('row')).toHaveText(rows.map((row) => loosely(row)));
});

test('closing in both at once is no mistake', async ({ playground, secondTab, agent }) => {
  await agent.serve();
  await playground.selectSocket(1);
  await secondTab.selectSocket(1);
  // At once: no waiting for a button that the other tab's click may already have put off.
  const click = (button: HTMLElement | SVGElement) =>
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await Promise.all([playground, secondTab].map((tab) => tab.button('Close').evaluate(click)));
  for (const tab of [playground, secondTab]) {
    await expect(tab.rows(/#1.*closed/)).toHaveCount(1);
    await expect(tab.page.getByRole('alert')).toHaveCount(0);
  }
});

/** The same text, however its spaces are drawn. */
function loosely(text: string): RegExp {
  const words = text.split(/\s+/).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(words.join(String.raw`\s*`));
}
