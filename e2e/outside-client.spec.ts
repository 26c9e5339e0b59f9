/** A program that nobody here wrote calls, talks and leaves: the page sees all of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hasTool } from '../scripts/lib/tools.mjs';
import { expect, test } from './fixtures.ts';

test('a client from outside appears under its listener and its bytes are shown', async ({
  playground,
  agent,
  outside,
}) => {
  const { port } = await agent.serve();
  const client = await outside.client(port);
  const connections = playground.sockets.getByRole('list', { name: 'Connections of #1', exact: true });
  await expect(connections.getByRole('button', { name: /#2 from outside.*connected/s })).toContainText(
    `:${client.port}`,
  );

  client.send('caf\u00e9\n');
  const row = playground.rows(/#2.*received/);
  await expect(row).toContainText(String.raw`café\n`);
  await expect(row).toContainText(`:${client.port}`);
  await row.click();
  await expect(playground.bytes).toContainText('63 61 66 c3 a9 0a');
  await expect.poll(() => client.size).toBe(6);
});

test('it leaves by FIN: half-closed first, then closed', async ({ playground, agent, outside }) => {
  const { port } = await agent.serve({ behaviour: 'none' });
  const client = await outside.client(port);
  client.socket.end();
  await expect(playground.card(2, 'half-closed.*FIN received. This side may still send')).toBeVisible();
  await expect(playground.rows(/#2.*ended, FIN received/)).toBeVisible();

  await playground.selectSocket(2);
  await playground.say('goodbye');
  await expect.poll(() => client.text).toBe('goodbye\n');
  await playground.button('Close').click();
  await expect(playground.card(2, 'closed')).toBeVisible();
  await expect(playground.rows(/#2.*ended, FIN sent/)).toBeVisible();
});

test('it leaves by RST, and the page says so', async ({ playground, agent, outside }) => {
  const { port } = await agent.serve();
  const client = await outside.client(port);
  await expect(playground.card(2, 'connected')).toBeVisible();
  client.socket.resetAndDestroy();
  await expect(playground.card(2, 'reset.*ECONNRESET: the other side sent RST')).toBeVisible();
  await expect(playground.rows(/#2.*reset, RST received/)).toBeVisible();
  await expect(playground.card(1, 'listening')).toBeVisible();
});

test('the page resets it', async ({ playground, agent, outside }) => {
  const { port } = await agent.serve();
  const client = await outside.client(port);
  const told = once(client.socket, 'error');
  await playground.selectSocket(2);
  await playground.button('Reset').click();
  expect(String((await told)[0])).toContain('ECONNRESET');
  await expect(playground.card(2, 'reset.*This side sent RST')).toBeVisible();
});

test('datagrams of an outside program show who sent each', async ({ playground, agent, outside }) => {
  const { port } = await agent.serve({ socketType: 'dgram' });
  const sender = await outside.datagrams();
  sender.socket.send('ping', port, '127.0.0.1');
  await expect(playground.rows(/#1.*received\s*ping/)).toContainText(`:${sender.port}`);
  await expect(playground.rows(/#1.*sent\s*ping/)).toContainText(`:${sender.port}`);
});

const program = 'ncat';

test('ncat says hello', async ({ playground, agent }) => {
  test.skip(!hasTool(program), `${program} is not here`);
  const { port } = await agent.serve({ behaviour: 'ok' });
  const ncat = spawn(program, ['127.0.0.1', String(port)], { stdio: ['pipe', 'pipe', 'ignore'] });
  let answer = '';
  ncat.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text));
  ncat.stdin.write('from ncat\n');
  await expect.poll(() => answer).toBe('OK...from ncat\n');
  await expect(playground.rows(/#2.*received\s*from ncat\\n/)).toBeVisible();
  ncat.stdin.end();
  await expect(playground.rows(/#2.*ended, FIN received/)).toBeVisible();
  await expect(playground.card(2, 'closed')).toBeVisible();
});
