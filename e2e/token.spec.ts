/** The token: in the fragment once, then in this tab alone. */
import { expect, test } from './fixtures.ts';
import { Playground } from './playground.ts';

test('the token leaves the address at once and survives a reload', async ({
  playground,
  agent,
  page,
  context,
}) => {
  expect(page.url()).toBe(`${agent.origin}/`);
  expect(await page.evaluate(() => sessionStorage.getItem('token'))).toBe(agent.ready.token);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(agent.ready.token);

  await agent.serve();
  await page.reload();
  await expect(playground.card(1, 'listening')).toBeVisible();
  expect(page.url()).toBe(`${agent.origin}/`);
  expect(await context.cookies()).toEqual([]);
});

test('no answer sets a cookie', async ({ agent, context }) => {
  const page = await context.newPage();
  const set: string[] = [];
  page.on('response', (response) => {
    if (response.headers()['set-cookie'] !== undefined) set.push(response.url());
  });
  await new Playground(page).open(agent.ready.url);
  await page.evaluate(() => fetch('/healthz').then((answer) => answer.text()));
  expect(set).toEqual([]);
});

test('a page without a token explains how to get one', async ({ agent, context }) => {
  const page = await context.newPage();
  await page.goto(agent.origin);
  await expect(page.getByRole('heading', { name: 'This page needs the agent’s link' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('npm start');
  // There is nothing to be found or done.
  await page.keyboard.press('Control+k');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await new Playground(page).open(agent.ready.url);
  await expect(page.getByRole('button', { name: 'New server', exact: true })).toBeVisible();
});

test('a page with the token of another run says so', async ({ agent, context }) => {
  const page = await context.newPage();
  await page.goto(`${agent.origin}/#token=${'A'.repeat(43)}`);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Connection', exact: true })).toContainText('new link');
});
