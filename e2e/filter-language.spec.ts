/** Somebody asks the log more and more exactly: with what is offered, from a cell, by finding, and again tomorrow. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

const request = 'GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** An echo server, and three clients that say what is here. */
async function traffic(playground: Playground, agent: Agent): Promise<void> {
  const { port } = await agent.serve();
  for (const text of [request, 'hello world\n', '{"a":1}\n']) {
    const socket = await agent.dial(port);
    await agent.run({ type: 'send', socket, data: { text } });
  }
  await expect(playground.rows(/#6.*received\s*\{"a":1\}/)).toBeVisible();
}

test('a filter is typed with help, refined from a cell, kept, and there after a reload', async ({
  playground,
  agent,
}) => {
  const { page, filter, traffic: head } = playground;
  await traffic(playground, agent);

  await test.step('completion knows the fields, their signs, and what payloads look like', async () => {
    await filter.click();
    await page.keyboard.type('pro');
    await expect(
      page.getByRole('option', { name: 'proto TCP, UDP, or what the bytes look like' }),
    ).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('== ht');
    await expect(page.getByRole('option', { name: /^http\b/ }).first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(filter).toHaveValue('proto == http ');
    await expect(head.getByText(/^4 of \d+$/)).toBeVisible();
    await expect(playground.rows('GET /hello HTTP/1.1')).toHaveCount(4);
  });

  await test.step('a mistake is said at its place, and put right with a click', async () => {
    await filter.fill('proto == htp and sent');
    await expect(filter).toHaveAccessibleDescription(/Did you mean http\?/);
    await expect(head.locator('mark')).toHaveText('htp');
    await playground.button('Write proto == http and sent').click();
    await expect(head.getByText(/^2 of \d+$/)).toBeVisible();
  });

  await test.step('a cell adds what it says', async () => {
    await playground
      .rows('GET /hello')
      .first()
      .getByRole('gridcell', { name: '#2', exact: true })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add it to the filter' }).click();
    await expect(head.getByText(/^1 of \d+$/)).toBeVisible();
    await expect(playground.button('Remove #2')).toBeVisible();
  });

  await test.step('it is saved under a name, and asked again after a reload', async () => {
    await playground.button('Saved searches').click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('my requests');
    await page.keyboard.press('Enter');
    await page.reload();
    await expect(playground.rows('hello world').first()).toBeVisible();
    await playground.button('Saved searches').click();
    await page
      .getByRole('dialog', { name: 'Saved searches' })
      .getByRole('button', { name: /^my requests/ })
      .click();
    await expect(head.getByText(/^1 of \d+$/)).toBeVisible();
  });

  await test.step('find goes from match to match and hides nothing', async () => {
    await page.keyboard.press('Escape');
    await expect(head.getByText(/^\d+ of \d+$/)).toBeHidden();
    await playground.button('Find in log').click();
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill('hello');
    const found = head.getByRole('search');
    await page.keyboard.press('Enter');
    await expect(found).toContainText('2 of 8');
    await page.keyboard.press('Shift+Enter');
    await expect(found).toContainText('1 of 8');
    await page.keyboard.press('Shift+Enter');
    await expect(found).toContainText('8 of 8, again from the end');
  });
});
