/** The agent goes away, freezes, or comes back as another run: what is on the page stays, and nothing is made up. */
import type { Page } from '@playwright/test';
import { startRealAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import { expect, noLink, test } from './fixtures.ts';
import { Playground } from './playground.ts';

const banner = (page: Page) => page.getByRole('region', { name: 'Connection', exact: true });

async function traffic(playground: Playground, agent: Agent): Promise<void> {
  const { port } = await agent.serve();
  const socket = await agent.dial(port);
  await agent.run({ type: 'send', socket, data: { text: 'before' } });
  await expect(playground.rows(/#2.*received\s*before/)).toBeVisible();
  await playground.whole();
}

/** The numbers of the rows in view, top to bottom. */
async function numbers({ log }: Playground): Promise<number[]> {
  const rows = await log.getByRole('row').all();
  return Promise.all(
    rows.slice(1).map(async (row) => Number(await row.getByRole('gridcell').first().innerText())),
  );
}

test('agent gone: the rows stay, it says so, and tries when asked', async ({
  playground,
  agent,
  page,
  troubles,
}) => {
  troubles.expect(noLink);
  await traffic(playground, agent);
  await agent.stop('SIGKILL');
  await expect(banner(page)).toContainText('The agent does not answer.');
  await expect(banner(page)).toContainText(/What you see stops at No\. \d+\./);
  await expect(playground.lamp).toContainText('lost');
  await expect(playground.rows(/#2.*received\s*before/)).toBeVisible();

  await page.getByRole('button', { name: 'Try now', exact: true }).click();
  await expect(banner(page)).toContainText(/Trying again in \d s\./);
});

test('agent restarted: the rows stay, it says how to get the new link, and the link works', async ({
  playground,
  data,
  agent,
  page,
  troubles,
}) => {
  troubles.expect(noLink);
  await traffic(playground, agent);
  await agent.stop();
  const next = await startRealAgent({ data, port: agent.ready.port });
  try {
    await expect(banner(page)).toContainText('The agent was restarted.');
    await expect(banner(page)).toContainText('The terminal where the agent runs shows the new link');
    await expect(playground.rows(/#2.*received\s*before/)).toBeVisible();
    await playground.selectSocket(2);
    await expect(playground.sockets.getByText(/^(none was|1 was|\d+ were) open$/)).toBeVisible();
    await expect(playground.sockets.getByText(/^\d+ open$/)).toBeHidden();
    for (const name of ['Close', 'Reset', 'Send']) await expect(playground.button(name)).toBeDisabled();
    await expect(playground.button('Close')).toHaveAccessibleDescription(/^The agent was restarted/);

    await page.goto(next.ready.url);
    await expect(banner(page)).toBeHidden();
    await expect(playground.rows('The agent was restarted.')).toBeVisible();
    await expect(playground.rows(/#2.*received\s*before/)).toBeVisible();
    await expect(playground.button('Start the first lesson')).toBeVisible();
    await page.getByRole('button', { name: /^Open the session before: \d\d:\d\d, \d+ events$/ }).click();
    await expect(playground.lamp).toHaveText('recording');
    await expect(playground.rows(/#2.*received\s*before/)).toBeVisible();
    await playground.tab('Live').click();
    await next.serve();
    await expect(playground.card(1, 'listening')).toBeVisible();
  } finally {
    await next.stop();
  }
});

test('a frozen agent loses nothing and repeats nothing', async ({ playground, agent, outside }) => {
  const { port } = await agent.serve({ behaviour: 'discard' });
  const client = await outside.client(port);
  client.send('one');
  await expect(playground.rows(/received\s*one/)).toBeVisible();

  process.kill(agent.ready.pid, 'SIGSTOP');
  await new Promise((taken) => client.socket.write('two', taken));
  process.kill(agent.ready.pid, 'SIGCONT');
  await expect(playground.rows(/received\s*two/)).toHaveCount(1);
  const seen = await numbers(playground);
  expect(seen).toEqual(seen.map((_, index) => index + 1));
});

test('a link that breaks is resumed where it stopped', async ({ context, agent, outside, troubles }) => {
  troubles.expect(noLink);
  const page = await context.newPage();
  const cuts: (() => Promise<void>)[] = [];
  await page.routeWebSocket('**/ws', (link) => {
    link.connectToServer();
    cuts.push(() => link.close({ code: 1012 }));
  });
  const playground = new Playground(page);
  await playground.open(agent.ready.url);
  const { port } = await agent.serve({ behaviour: 'discard' });
  const client = await outside.client(port);
  for (const [index, word] of ['one', 'two', 'three'].entries()) {
    client.send(word);
    await expect(playground.rows(new RegExp(`received\\s*${word}`))).toHaveCount(1);
    await cuts[index]?.();
    await expect.poll(() => cuts.length).toBe(index + 2);
  }
  await expect(banner(page)).toBeHidden();
  const seen = await numbers(playground);
  expect(seen).toEqual(seen.map((_, index) => index + 1));
});

test('what cannot be done without the agent says so and keeps what was typed', async ({
  playground,
  agent,
  page,
  troubles,
}) => {
  troubles.expect(noLink);
  await traffic(playground, agent);
  await playground.selectSocket(2);
  await agent.stop('SIGKILL');
  await expect(banner(page)).toBeVisible();
  await playground.message.fill('not lost');
  await playground.message.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: /agent/i }).last()).toBeVisible();
  await expect(playground.message).toHaveValue('not lost');
});
