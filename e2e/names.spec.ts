/** The names that tests and screen readers rely on mean one thing each, even when only part of one is asked for. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

const most = { Message: 1, Filter: 1, Host: 1, Port: 1, Protocol: 1, Behaviour: 1 } as const;

async function ambiguous(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [label, count] of Object.entries(most)) {
    const has = await page.getByLabel(label).count();
    if (has > count) found.push(`${label}: ${has}`);
  }
  return found;
}

async function expectOne(playground: Playground, labels: readonly string[]): Promise<void> {
  for (const label of labels) await expect(playground.page.getByLabel(label), label).toHaveCount(1);
  expect(await ambiguous(playground.page)).toEqual([]);
}

test('labels are unambiguous while servers are opened and talked to', async ({ playground, agent, page }) => {
  await expectOne(playground, ['Filter']);
  await playground.button('New server').click();
  await expectOne(playground, ['Filter', 'Host', 'Port', 'Protocol', 'Behaviour']);
  await playground.fillServer({ protocol: 'UDP', port: 0 });
  await playground.newServer.getByText('Advanced', { exact: true }).click();
  await expectOne(playground, ['Filter', 'Host', 'Port', 'Protocol', 'Behaviour']);
  await playground.button('Open server').click();

  await playground.message.fill('said');
  await expectOne(playground, ['Message', 'Filter']);
  await playground.button('New client').click();
  await expectOne(playground, ['Message', 'Filter', 'Host', 'Port', 'Protocol']);
  await page.keyboard.press('Escape');

  const { socket } = await agent.serve();
  await playground.selectSocket(socket);
  await playground.filter.fill('port 8888');
  await playground.filter.press('Enter');
  await playground.button('New server').click();
  await expectOne(playground, ['Message', 'Filter', 'Host', 'Port', 'Protocol', 'Behaviour']);
  await playground.button('Open server').click();
  await page.getByRole('tab', { name: 'Details', exact: true }).click();
  expect(await ambiguous(page)).toEqual([]);
});

test('regions, tabs and buttons have their exact names', async ({ playground, agent, page }) => {
  const { port } = await agent.serve();
  await agent.dial(port);
  await playground.selectSocket(2);
  for (const name of ['New server', 'New client', 'Send', 'Close', 'Reset', 'Clear', 'Follow', 'Close all'])
    await expect(playground.button(name), name).toHaveCount(1);
  for (const region of [playground.sockets, playground.conversation, playground.traffic, playground.log])
    await expect(region).toHaveCount(1);
  await expect(page.getByRole('tab', { name: 'Log', exact: true })).toHaveCount(1);
  await playground.rows(/#2.*connected/).click();
  await expect(playground.bytes).toHaveCount(1);
});

test('Close all closes all', async ({ playground, agent }) => {
  const { port } = await agent.serve();
  await agent.dial(port);
  await agent.serve({ socketType: 'dgram' });
  await expect(playground.sockets.getByText('4 open', { exact: true })).toBeVisible();
  await playground.button('Close all').click();
  await expect(playground.sockets.getByText('0 open', { exact: true })).toBeVisible();
});
