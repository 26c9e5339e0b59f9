/** The filter of the log: by socket, direction, type, text and hex. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Playground } from './playground.ts';

/** An echo server, two clients of the agent's own, and a few words. */
async function traffic(playground: Playground, agent: Agent): Promise<number> {
  const { port } = await agent.serve();
  for (const text of ['Hello world', 'good bye\r\n']) {
    const socket = await agent.dial(port);
    await agent.run({ type: 'send', socket, data: { text } });
  }
  await expect(playground.rows(/#4.*received\s*good bye/)).toBeVisible();
  return rowCount(playground);
}

/** Rows of the whole list, as the grid says, without its head. */
async function rowCount(playground: Playground): Promise<number> {
  return Number(await playground.log.getAttribute('aria-rowcount')) - 1;
}

/** Filters, and returns what is shown. */
async function shownBy(playground: Playground, filter: string): Promise<string[]> {
  await playground.filter.fill(filter);
  // The language of filters comes when it is first wanted.
  await expect(playground.traffic.getByText(/^\d+ of \d+$/)).toBeVisible();
  const rows = playground.log.getByRole('row');
  await expect.poll(async () => (await rows.count()) - 1 - (await rowCount(playground))).toBe(0);
  return (await rows.allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, ' '));
}

const cases: readonly (readonly [filter: string, every: RegExp, count: number | null])[] = [
  ['#4', /#4/, null],
  ['received', /received/, 4],
  ['to server', /sent|received/, 4],
  ['← received', /received/, 2],
  ['failed', /never/, 0],
  ['hello', /Hello world/, 4],
  ['"good bye"', /good bye/, 4],
  ['hex 0d 0a', /good bye/, 4],
  ['hex 48656c6c', /Hello/, 4],
  ['#4 sent', /#4.*sent ?good bye/, 1],
  ['accepted', /accepted by #1/, 2],
  ['backlog', /listening, backlog/, 1],
  ['host 127.0.0.1', /127\.0\.0\.1/, null],
  ['received not hello', /received ?good bye/, 2],
];

test('every kind of filter shows what it says, and how many of how many', async ({ playground, agent }) => {
  const total = await traffic(playground, agent);
  for (const [filter, every, count] of cases) {
    const rows = await shownBy(playground, filter);
    if (count !== null) expect(rows, filter).toHaveLength(count);
    expect(
      rows.filter((row) => !every.test(row)),
      filter,
    ).toEqual([]);
    await expect(playground.traffic.getByText(`${rows.length} of ${total}`, { exact: true })).toBeVisible();
  }
  await playground.filter.fill('');
  await expect(playground.traffic.getByText(/ of /)).toBeHidden();
});

test('Enter keeps a term, a click removes it', async ({ playground, agent }) => {
  const total = await traffic(playground, agent);
  await playground.filter.fill('#4');
  await playground.filter.press('Enter');
  await playground.filter.fill('sent');
  await expect.poll(() => rowCount(playground)).toBe(1);
  await playground.filter.fill('');
  await playground.button('Remove #4').click();
  await expect.poll(() => rowCount(playground)).toBe(total);
  await expect(playground.filter).toBeFocused();
});

test('a filter that cannot be read says what it should be', async ({ playground, agent }) => {
  const total = await traffic(playground, agent);
  for (const [wrong, says] of [
    ['#four', 'A socket is “#” and its number, as in #3.'],
    ['port x', 'A port is a number from 0 to 65535'],
    ['hex zz', 'Bytes are pairs of hex digits'],
    ['"open', 'The quote is not closed'],
  ] as const) {
    await playground.filter.fill(wrong);
    await expect(playground.filter).toHaveAccessibleDescription(new RegExp(says));
    await expect(playground.filter).toHaveAttribute('aria-invalid', 'true');
  }
  expect(await rowCount(playground)).toBe(total);
});

test('nothing matches: it says so, and how to see everything again', async ({ playground, agent }) => {
  const total = await traffic(playground, agent);
  await playground.filter.fill('nowhere');
  await playground.button('Remove the filter').click();
  await expect.poll(() => rowCount(playground)).toBe(total);
});

test('Clear hides the rows and deletes none', async ({ playground, agent }) => {
  const total = await traffic(playground, agent);
  await playground.button('Clear').click();
  await expect.poll(() => rowCount(playground)).toBe(0);
  await expect(playground.traffic).toContainText(`Cleared: ${total} rows are hidden, none is deleted.`);
  await agent.serve();
  await expect(playground.rows(/#6.*listening/)).toBeVisible();
  await playground.traffic.getByRole('button', { name: 'Show all', exact: true }).click();
  await expect.poll(() => rowCount(playground)).toBeGreaterThan(total);
});
