/** Nobody listens there: what happened, what it means, and one click that helps. */
import { freePort } from '../scripts/lib/free-port.mjs';
import { expect, test } from './fixtures.ts';

test('a refused connection is explained in the form, and a server is one click away', async ({
  playground,
}) => {
  const port = await freePort();
  await playground.button('New client').click();
  await playground.newClient.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await playground.newClient.getByLabel('Port', { exact: true }).fill(String(port));
  await playground.newClient.getByRole('button', { name: 'Connect', exact: true }).click();

  const problem = playground.newClient.getByRole('alert');
  await expect(problem).toContainText('ECONNREFUSED');
  await expect(problem).toContainText(`Nothing is listening on 127.0.0.1:${port}.`);
  await problem.getByRole('button', { name: 'Open a server there', exact: true }).click();
  await expect(playground.newServer.getByLabel('Port', { exact: true })).toHaveValue(String(port));
  await playground.button('Open server').click();
  await expect(playground.card(2, 'listening')).toContainText(`:${port}`);
});

test('its row explains it, and opens a server there', async ({ playground, agent }) => {
  const port = await freePort();
  await expect(agent.dial(port)).rejects.toThrow('ECONNREFUSED');
  const row = playground.rows('ECONNREFUSED');
  await expect(row).toContainText('connection refused');
  await expect(row).toContainText(`Nothing is listening on 127.0.0.1:${port}.`);
  await expect(row).toContainText('Open a server there, or check the port.');
  await expect(playground.card(1, 'refused')).toBeVisible();

  await row.getByRole('button', { name: 'Open a server there', exact: true }).click();
  await expect(playground.newServer.getByLabel('Host', { exact: true })).toHaveValue('127.0.0.1');
  await expect(playground.newServer.getByLabel('Port', { exact: true })).toHaveValue(String(port));
  await playground.button('Open server').click();
  await expect(playground.card(2, 'listening')).toContainText(`:${port}`);
});
