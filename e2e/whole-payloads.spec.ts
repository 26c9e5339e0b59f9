/** The log holds the first bytes of each payload; its filter finds what stands anywhere in them. */
import { expect, test } from './fixtures.ts';

const fill = 4_000;
const inFront = { text: `needle${'.'.repeat(fill)}` };
const behind = { text: `${'.'.repeat(fill)}Needle` };
const nowhere = { text: '.'.repeat(fill) };

test('text is found beyond the first 256 bytes, also in rows that come later', async ({
  playground,
  agent,
}) => {
  const { port } = await agent.serve({ behaviour: 'discard' });
  const socket = await agent.dial(port);
  const say = (data: { text: string }) => agent.run({ type: 'send', socket, data });
  const sentRows = playground.rows(new RegExp(`#${socket}.*sent`));
  for (const data of [inFront, nowhere, behind]) await say(data);
  await expect(sentRows).toHaveCount(3);

  await playground.filter.fill('needle');
  await expect(sentRows).toHaveCount(2);
  await expect(playground.filter).not.toHaveAccessibleDescription(/first 256 bytes/);

  for (const data of [nowhere, behind]) await say(data);
  await expect(sentRows).toHaveCount(3);
  await expect(playground.filter).not.toHaveAccessibleDescription(/first 256 bytes/);

  await playground.filter.fill('not needle sent');
  await expect(sentRows).toHaveCount(2);
});

test('without the agent the answer says how far it goes', async ({ playground, agent, troubles }) => {
  troubles.expect(/WebSocket connection|ERR_CONNECTION_REFUSED/);
  const { port } = await agent.serve({ behaviour: 'discard' });
  const socket = await agent.dial(port);
  for (const data of [inFront, behind]) await agent.run({ type: 'send', socket, data });
  const sentRows = playground.rows(new RegExp(`#${socket}.*sent`));
  await expect(sentRows).toHaveCount(2);
  await agent.stop('SIGKILL');
  await expect(playground.lamp).toContainText('lost');

  await playground.filter.fill('needle');
  await expect(sentRows).toHaveCount(1);
  await expect(playground.filter).toHaveAccessibleDescription(/first 256 bytes.*nobody can be asked/);
});
