/** The log under load: it follows, lets go, comes back, and stays small. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Outside } from './outside.ts';
import type { Playground } from './playground.ts';

interface Scene {
  readonly playground: Playground;
  readonly agent: Agent;
  readonly outside: Outside;
}

/** A UDP echo server that got and returned this many numbered datagrams; two rows each are on the page. */
async function flooded({ playground, agent, outside }: Scene, count: number): Promise<number> {
  const { port } = await agent.serve({ socketType: 'dgram' });
  await outside.pingPong(port, count);
  const rows = 2 * count;
  await expect
    .poll(async () => Number(await playground.log.getAttribute('aria-rowcount')))
    .toBeGreaterThan(rows);
  await expect(playground.rows(new RegExp(`sent\\s*${numbered(count - 1)}`))).toBeInViewport();
  return port;
}

const numbered = (number: number) => String(number).padStart(5, '0');

/** The row in the middle of the view, and where it stands. */
async function middleRow({ log }: Playground) {
  const box = await log.boundingBox();
  if (box === null) throw new Error('The log is not shown.');
  const rows = log.getByRole('row');
  for (let index = 1; index < (await rows.count()); index += 1) {
    const place = await rows.nth(index).boundingBox();
    if (place !== null && place.y > box.y + box.height / 2) {
      return { text: await rows.nth(index).innerText(), y: place.y };
    }
  }
  throw new Error('The log is empty.');
}

/** The same, once the wheel has come to rest: a browser may scroll smoothly. */
async function middleRowAtRest(playground: Playground) {
  let last = await middleRow(playground);
  await expect
    .poll(async () => {
      const before = last;
      last = await middleRow(playground);
      return last.text === before.text && last.y === before.y;
    })
    .toBe(true);
  return last;
}

const digits = (text: string) => /(?:received|sent)\s*(\d{5})/.exec(text)?.[0];

test('scrolling up lets go of the tail, new rows move nothing, Follow comes back', async ({
  playground,
  agent,
  outside,
  page,
}) => {
  const port = await flooded({ playground, agent, outside }, 150);
  await expect(playground.follow).toHaveAttribute('aria-pressed', 'true');

  await playground.log.hover();
  await page.mouse.wheel(0, -1000);
  await expect(playground.follow).toHaveAttribute('aria-pressed', 'false');
  await expect(playground.rows('00149')).toHaveCount(0);
  const before = await middleRowAtRest(playground);

  await outside.pingPong(port, 25);
  await expect(playground.follow).toHaveAccessibleDescription(', 50 new');
  const after = await middleRow(playground);
  expect(digits(after.text)).toBe(digits(before.text));
  expect(after.y).toBe(before.y);

  await playground.follow.click();
  await expect(playground.follow).toHaveAttribute('aria-pressed', 'true');
  await expect(playground.rows(/sent\s*00024/)).toBeInViewport();
});

test('a selected row stays where it is read while others arrive', async ({ playground, agent, outside }) => {
  const port = await flooded({ playground, agent, outside }, 150);
  await playground.rows(/sent\s*00148/).click();
  await outside.pingPong(port, 50);
  await expect(playground.follow).toHaveAccessibleDescription(/, \d+ new/);
  await expect(playground.rows(/sent\s*00148/)).toBeInViewport();
  await expect(playground.log.getByRole('row', { selected: true })).toContainText('00148');
});

test('20,000 rows cost no more elements than a screenful, and every one can be reached', async ({
  playground,
  agent,
  outside,
  page,
}) => {
  await flooded({ playground, agent, outside }, 10_000);
  const rows = playground.log.getByRole('row');
  expect(await rows.count()).toBeLessThan(60);

  await playground.log.focus();
  await page.keyboard.press('Home');
  await expect(playground.rows(/#1.*opened/)).toBeInViewport();
  await page.keyboard.press('End');

  await playground.filter.fill('01234');
  await expect(rows).toHaveCount(3);
  await expect(playground.rows(/received\s*01234/)).toBeVisible();
});
