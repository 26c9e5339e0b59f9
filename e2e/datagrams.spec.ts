/** Datagrams from the composer: each has a destination, and may be empty. */
import { expect, test } from './fixtures.ts';

test('a datagram goes to the address that is written', async ({ playground, agent, outside }) => {
  const receiver = await outside.datagrams();
  const heard: string[] = [];
  receiver.socket.on('message', (data) => heard.push(data.toString()));
  await agent.serve({ socketType: 'dgram', behaviour: 'none' });
  await playground.selectSocket(1);

  await playground.sendTo.fill(`127.0.0.1:${receiver.port}`);
  await playground.say('over there');
  await expect.poll(() => heard).toEqual(['over there\n']);
  await expect(playground.rows(/#1.*sent\s*over there/)).toContainText(`:${receiver.port}`);
});

test('it answers whoever sent last, unless told otherwise', async ({ playground, agent, outside }) => {
  const { port } = await agent.serve({ socketType: 'dgram', behaviour: 'none' });
  await playground.selectSocket(1);
  await playground.message.fill('hi');
  await playground.button('Send').click();
  await expect(playground.message).toHaveAccessibleDescription(/port/i);

  const peer = await outside.datagrams();
  const heard: string[] = [];
  peer.socket.on('message', (data) => heard.push(data.toString()));
  peer.socket.send('knock', port, '127.0.0.1');
  await expect(playground.sendTo).toHaveValue(`127.0.0.1:${peer.port}`);
  await playground.say('come in');
  await expect.poll(() => heard).toEqual(['come in\n']);
});

test('an empty message is a datagram of no bytes', async ({ playground, agent, page }) => {
  const { port } = await agent.serve({ socketType: 'dgram', behaviour: 'discard' });
  await agent.dial(port, { socketType: 'dgram' });
  await playground.selectSocket(2);
  await page.getByRole('radio', { name: 'nothing', exact: true }).click();
  await expect(playground.message).toHaveAccessibleDescription(/0 bytes.*an empty datagram/);
  await playground.button('Send').click();
  const row = playground.rows(/#1.*received\s*\(empty datagram\)/);
  await row.click();
  await expect(playground.bytes).toContainText('An empty datagram: a header, and no bytes after it.');
});
