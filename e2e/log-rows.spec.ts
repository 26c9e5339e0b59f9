/** Reading the log: by keys, in three kinds of time, from one end to the other. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

async function traffic(playground: Playground, agent: Agent): Promise<void> {
  const { port } = await agent.serve();
  const socket = await agent.dial(port);
  await agent.run({ type: 'send', socket, data: { text: 'ping' } });
  await expect(playground.rows(/#2.*received\s*ping/)).toBeVisible();
}

test('keys walk the rows, open one and close it again', async ({ playground, agent, page }) => {
  await traffic(playground, agent);
  const selected = playground.log.getByRole('row', { selected: true });
  const last = Number(await playground.log.getAttribute('aria-rowcount')) - 1;
  const number = (expected: number) =>
    expect(selected.getByRole('gridcell').first()).toHaveText(String(expected));

  await page.keyboard.press('j');
  await expect(playground.log).toBeFocused();
  await number(last);
  for (const [key, expected] of [
    ['k', last - 1],
    ['ArrowUp', last - 2],
    ['ArrowDown', last - 1],
    ['j', last],
    ['j', last],
    ['Home', 1],
    ['k', 1],
    ['End', last],
  ] as const) {
    await page.keyboard.press(key);
    await number(expected);
  }
  await expect(playground.log).toHaveAttribute('aria-activedescendant', /./);

  await page.keyboard.press('Enter');
  await expect(playground.dump).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(playground.bytes).toBeHidden();
  await expect(playground.log).toBeFocused();
});

test('time: of the day, since the start, since the row before; remembered', async ({
  playground,
  agent,
  page,
}) => {
  await traffic(playground, agent);
  const time = playground
    .rows(/#1.*listening/)
    .getByRole('gridcell')
    .nth(1);
  for (const [name, form] of [
    ['Since start', /^\d+\.\d{6}$/],
    ['Clock', /^\d\d:\d\d:\d\d\.\d{6}$/],
    ['Delta', /^0\.\d{6}$/],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).click();
    await expect(time).toHaveText(form);
  }
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Delta', exact: true })).toBeChecked();
});

test('a row leads to its other end and back', async ({ playground, agent }) => {
  await traffic(playground, agent);
  const selected = playground.log.getByRole('row', { selected: true });
  await playground.rows(/#2.*sent\s*ping/).click();
  await expect(playground.bytes).toContainText(/Other end\s*No\. \d+, #3\s*received the same 4 bytes/);
  await playground.bytes.getByRole('button', { name: /^No\. \d+$/ }).click();
  await expect(selected).toHaveText(/#3.*received\s*ping/);
  await playground.bytes.getByRole('button', { name: /^No\. \d+$/ }).click();
  await expect(selected).toHaveText(/#2.*sent\s*ping/);
});

test('each row says which way its bytes went', async ({ playground, agent }) => {
  await traffic(playground, agent);
  const ways = {
    'client to server': [/#2.*sent/, /#3.*received/],
    'server to client': [/#3.*sent/, /#2.*received/],
  };
  for (const [way, rows] of Object.entries(ways)) {
    for (const row of rows)
      await expect(playground.rows(row).getByRole('img', { name: new RegExp(way) })).toBeVisible();
  }
});
