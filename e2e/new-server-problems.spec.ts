/** The form New server when something is in the way: it says what, and what to try. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

test('fields that cannot be right are pointed out, and nothing is opened', async ({ playground }) => {
  const host = playground.newServer.getByLabel('Host', { exact: true });
  const port = playground.newServer.getByLabel('Port', { exact: true });
  await playground.button('New server').click();
  await playground.fillServer({ host: 'two words', port: 70_000 });
  await expect(port).toHaveAttribute('aria-invalid', 'false');

  await playground.button('Open server').click();
  await expect(host).toBeFocused();
  await expect(host).toHaveAccessibleDescription('Host: An address or a name has no spaces.');
  await expect(port).toHaveAccessibleDescription(/Port: A whole number from 0 to 65535\./);
  await expect(playground.sockets).toContainText('Nothing is open.');

  await playground.fillServer({ host: '127.0.0.1', port: 0 });
  await playground.button('Open server').click();
  await expect(playground.card(1, 'listening')).toBeVisible();
});

async function meetTakenPort(playground: Playground, agent: Agent): Promise<void> {
  const { port } = await agent.serve();
  await playground.button('New server').click();
  await playground.fillServer({ host: '127.0.0.1', port });
  await playground.button('Open server').click();
  const problem = playground.newServer.getByRole('alert');
  await expect(problem).toContainText('EADDRINUSE');
  await expect(problem).toContainText(`Port ${port} is taken on 127.0.0.1.`);
  await expect(problem).toContainText('#1 echo is there.');
  await expect(playground.newServer.getByRole('listitem').filter({ hasText: 'stops here' })).toHaveText(
    new RegExp(`^bind\\("127\\.0\\.0\\.1", ${port}\\)`),
  );
}

test('a taken port: one click takes any free port instead', async ({ playground, agent }) => {
  await meetTakenPort(playground, agent);
  await playground.button('Use any free port').click();
  await expect(playground.newServer).toBeHidden();
  await expect(playground.sockets.getByText('2 open', { exact: true })).toBeVisible();
});

test('a taken port: one click closes the server that holds it', async ({ playground, agent }) => {
  await meetTakenPort(playground, agent);
  await playground.newServer.getByRole('button', { name: 'Close #1', exact: true }).click();
  await expect(playground.newServer).toBeHidden();
  await expect(playground.card(1, 'closed')).toBeVisible();
  await expect(playground.sockets.getByText('1 open', { exact: true })).toBeVisible();
});

test('the failure stands in the log too, and no socket is left of it', async ({ playground, agent }) => {
  await meetTakenPort(playground, agent);
  await expect(playground.rows(/#2.*EADDRINUSE/)).toBeVisible();
  await expect(playground.rows(/#2.*closed/)).toBeVisible();
  await expect(playground.sockets.getByText('1 open', { exact: true })).toBeVisible();
});

test('the agent refuses its own port and explains why', async ({ playground, agent }) => {
  await playground.button('New server').click();
  await playground.fillServer({ host: '127.0.0.1', port: agent.ready.port });
  await playground.button('Open server').click();
  await expect(playground.newServer.getByRole('alert')).toContainText('policy-self');
});
