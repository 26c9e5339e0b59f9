/** A server that takes its clients one by one, and how the kernel sees them meanwhile. */
import { expect, test } from './fixtures.ts';

test.skip(process.platform !== 'linux', 'Only Linux shows its table of sockets.');

test('three clients wait, each click takes one; what was closed is in TIME_WAIT for a minute', async ({
  playground,
  outside,
  page,
}) => {
  const accept = playground.button('Accept');
  const server = playground.card(1, 'echo server.*listening');

  await test.step('a manual listener is opened from the form', async () => {
    await playground.button('New server').click();
    await playground.fillServer({ behaviour: 'echo', port: 0 });
    await playground.newServer.getByText('Advanced', { exact: true }).click();
    await playground.newServer.getByLabel('Backlog', { exact: true }).fill('2');
    const choice = playground.newServer.getByRole('radiogroup', { name: 'Accept', exact: true });
    await expect(choice.getByRole('radio', { name: 'auto', exact: true })).toBeChecked();
    await choice.getByRole('radio', { name: 'manual', exact: true }).click();
    await playground.button('Open server').click();
    await expect(server).toContainText('none waits, sampled');
    await expect(accept).toHaveAttribute('aria-disabled', 'true');
    await expect(accept).toHaveAccessibleDescription('Nobody waits.');
    await expect(playground.rows('listening, backlog 2, accepts one by one')).toBeVisible();
  });

  const port = Number(/:(\d+)/.exec(await server.innerText())?.[1]);
  const clients = [await outside.client(port), await outside.client(port), await outside.client(port)];

  await test.step('clients are connected, may speak, and wait', async () => {
    for (const [number, client] of clients.entries()) client.send(`hello ${number}`);
    await expect(server).toContainText('3 of 3 wait, sampled');
    await expect(playground.conversation).toContainText('The queue is full');
    await expect(playground.card(2)).toBeHidden();
  });

  await test.step('a click takes exactly one, with all that it said', async () => {
    await accept.click();
    await expect(playground.card(2, 'from outside')).toBeVisible();
    await expect(server).toContainText('2 of 3 wait, sampled');
    const told = playground.conversation.getByRole('status').filter({ hasText: '#1 accepted #2.' });
    await expect(told).toBeVisible();
    await expect(playground.rows(/#2.*received\s*hello 0/)).toBeVisible();
    await expect.poll(() => clients[0]?.text).toBe('hello 0');
    await expect(playground.card(3)).toBeHidden();
  });

  await test.step('so does the key', async () => {
    await page.keyboard.press('a');
    await expect(playground.card(3, 'from outside')).toBeVisible();
    await expect(server).toContainText('1 of 3 waits, sampled');
  });

  await test.step('the kernel’s own states are in Details', async () => {
    await playground.selectSocket(2);
    await page.getByRole('tab', { name: 'Details', exact: true }).click();
    const details = page.getByRole('tabpanel', { name: 'Details', exact: true });
    await expect(details).toContainText('ESTABLISHED');
    await playground.button('Close').click();
    await expect(details).toContainText('TIME_WAIT');
    await expect(details).toContainText(/forgotten in (60|5\d) s/);
    await playground.selectSocket(1);
    await expect(details).toContainText('1 to be accepted, at most 3');
  });

  await test.step('once all are taken there is nobody to accept', async () => {
    await page.getByRole('tab', { name: 'Conversation', exact: true }).click();
    await accept.click();
    await expect(server).toContainText('none waits, sampled');
    await expect(accept).toHaveAttribute('aria-disabled', 'true');
    await expect(accept).toBeFocused();
  });
});
