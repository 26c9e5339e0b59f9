/** On a phone: what is long stays in its place, and everything can be reached. */
import { expect, test } from './fixtures.ts';
import { overflow } from './overflow.ts';

test.use({ viewport: { width: 390, height: 844 } });

test('a long message stays in its field', async ({ playground, page }) => {
  await playground.button('New server').click();
  await playground.fillServer({ port: 0 });
  await playground.button('Open server').click();
  await playground.conversation.getByRole('button', { name: 'Connect a client', exact: true }).click();
  await playground.message.fill('longer than anyone would write by hand, '.repeat(10));
  for (const width of [390, 1024, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(() => overflow(page), `at ${width} px`).toBe(0);
  }
});

test('snippets open where they can be seen whole', async ({ playground, agent, page }) => {
  const { port } = await agent.serve();
  await agent.dial(port);
  await playground.selectSocket(2);
  await playground.message.fill('ping');
  for (const width of [390, 1024, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await playground.button('Snippets').click();
    await expect(page.getByRole('dialog', { name: 'Snippets', exact: true })).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
  }
});

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
