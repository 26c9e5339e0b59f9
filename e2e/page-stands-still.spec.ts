/** However much is shown, each pane scrolls by itself: the page around them never moves. */
import { expect, test } from './fixtures.ts';
import { taller } from './overflow.ts';

test('a long conversation scrolls in its pane, and the page stays where it is', async ({
  playground,
  agent,
  page,
}) => {
  const { port } = await agent.serve();
  const socket = await agent.dial(port);
  for (let at = 1; at <= 40; at += 1) await agent.run({ type: 'send', socket, data: { text: `line ${at}` } });
  const row = playground.rows(/#2.*received\s*line 40/);
  await row.click();
  await expect(playground.conversation.getByText('line 40').last()).toBeInViewport();
  await expect(playground.bytes).toBeVisible();
  expect(await taller(page)).toBe(0);
  await expect(playground.lamp).toBeInViewport({ ratio: 1 });
});
