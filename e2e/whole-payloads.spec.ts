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

  await playground.filter.fill(String.raw`sent matches /\.need[a-z]+$/i`);
  await expect(sentRows).toHaveCount(2);
  await expect(playground.filter).not.toHaveAccessibleDescription(/first 256 bytes/);
  // Of what goes on, the first bytes do not say how it ends.
  await playground.filter.fill(String.raw`sent matches /^\.{200}\.{56}$/`);
  await expect(sentRows).toHaveCount(0);
});

test('without the agent the answer says how far it goes', async ({ playground, agent, troubles }) => {
  troubles.expect(/WebSocket connection|ERR_CONNECTION_REFUSED/);
  const { port } = await agent.serve({ behaviour: 'discard' });
  const socket = await agent.dial(port);
  for (const data of [inFront, behind]) await agent.run({ type: 'send', socket, data });
  const sentRows = playground.rows(new RegExp(`#${socket}.*sent`));
  await expect(sentRows).toHaveCount(2);
  await playground.whole();
  await agent.stop('SIGKILL');
  await expect(playground.lamp).toContainText('lost');

  await playground.filter.fill('needle');
  await expect(sentRows).toHaveCount(1);
  await expect(playground.filter).toHaveAccessibleDescription(/first 256 bytes.*nobody can be asked/);
});

test('in a recording, text is found and a payload is read beyond the first 256 bytes', async ({
  playground,
}) => {
  const events = [nowhere, inFront, behind].map(({ text }, index) => ({
    seq: index + 1,
    time: index,
    socket: 1,
    type: 'received',
    size: text.length,
    data: Buffer.from(text).toString('base64'),
  }));
  const opened = { type: 'opened', family: 'inet', socketType: 'stream', label: null };
  const lines = [
    { seq: 1, time: 0, socket: 1, ...opened },
    ...events.map((event) => ({ ...event, seq: event.seq + 1 })),
  ];
  await playground.openFile({
    name: 'saved.jsonl',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  });
  const rows = playground.rows('received');
  await expect(rows).toHaveCount(3);
  await playground.filter.fill('needle');
  await expect(rows).toHaveCount(2);
  await expect(playground.filter).not.toHaveAccessibleDescription(/first 256 bytes/);

  await rows.last().click();
  await expect(playground.bytes).not.toContainText('fetching');
  await playground.dump.press('ArrowRight');
  await playground.dump.press('ControlOrMeta+End');
  await expect(playground.dump).toContainText('4e 65 65 64');
});
