/** Lessons: learned step by step on real sockets, by clicks or by a program of one's own. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startRealAgent } from './agent.ts';
import { expect, noLink, test } from './fixtures.ts';
import { LessonPane } from './lesson-pane.ts';
import type { Playground } from './playground.ts';

/** The word that the open step asks for. */
const wordOf = async (lesson: LessonPane): Promise<string> =>
  (await lesson.current.getByRole('code').first().textContent()) ?? '';

async function connect({ conversation }: Playground): Promise<void> {
  await conversation.getByRole('button', { name: 'Connect a client', exact: true }).click();
}

test('the first lesson begins with one click, and its first step is passed within a minute', async ({
  playground,
  page,
  outside,
  agent,
}) => {
  const lesson = new LessonPane(page);
  await playground.button('Start the first lesson').click();
  await lesson.isOpen('Open a page');
  const address = await lesson.current.getByRole('link').getAttribute('href');
  // What a browser says, from a program that is not the agent's.
  const browser = await outside.client(Number(new URL(address ?? '').port));
  browser.send('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  await lesson.isDone('Open a page');
  await lesson.isOpen('Read its port');
  await lesson.answer('1');
  await expect(lesson.current).toContainText('Hint 1 of 3');
  await lesson.answer(String(browser.port));
  await lesson.isDone('Read its port');
  expect(agent.origin).toContain('127.0.0.1');
});

test('a lesson from start to finish: wrong attempts are named, hints come nearer, rows are the proof', async ({
  playground,
  page,
}) => {
  const lesson = new LessonPane(page);
  await lesson.open('3.6');
  await expect(page).toHaveURL(/#lesson\/tcp-server\/echo$/);
  await lesson.isOpen('Go to the wall');
  await connect(playground);
  await lesson.isDone('Go to the wall');
  await lesson.isOpen('Say one word');
  await expect(page).toHaveURL(/#lesson\/tcp-server\/echo\/echo$/);

  const word = await wordOf(lesson);
  await playground.say('hapy');
  await expect(lesson.current).toContainText('The server got the line “hapy”.');
  await expect(lesson.current).toContainText('Hint 1 of 3');
  await expect(lesson.button('Show solution')).toHaveCount(0);
  await playground.say('hippy');
  await expect(lesson.current).toContainText('The server got the line “hippy”.');
  await expect(lesson.current).toContainText('Hint 2 of 3');
  await lesson.current.getByRole('button', { name: /^No\. \d+$/ }).click();
  await expect(playground.rows(/received\s*hippy/).first()).toHaveAttribute('aria-selected', 'true');

  await playground.say(word);
  await lesson.isDone('Say one word');
  await expect(lesson.step('Say one word')).toContainText(String.raw`received ${word}\n`);

  await lesson.isOpen('Say it to the letter');
  await page.reload();
  await lesson.isOpen('Say it to the letter');
  await expect(lesson.step('Say one word')).toContainText('done');
  await playground.say('Welcome User!');
  await lesson.isOpen('Leave');

  await lesson.predict('your client');
  await playground.button('Close').click();
  await lesson.isDone('Leave');
  await expect(lesson.step('Leave')).toContainText('It was: the socket that accept made.');
  await expect(lesson.region.getByRole('heading', { name: 'Why it works' })).toBeVisible();

  await lesson.button('All lessons').click();
  await expect(lesson.button(/done,\s*3\.6/)).toBeVisible();
  await expect(playground.card(1, 'closed')).toBeVisible();
});

test('a solution is shown in words and done by real commands; Reset begins anew', async ({
  playground,
  page,
}) => {
  const lesson = new LessonPane(page);
  await lesson.goTo('#lesson/tcp-server/echo');
  await lesson.isOpen('Go to the wall');
  await lesson.solve();
  await expect(playground.card(2, 'connected')).toBeVisible();
  await lesson.isOpen('Say one word');
  await lesson.button('Reset lesson').click();
  await lesson.isOpen('Go to the wall');
  await expect(playground.card(4, 'listening')).toBeVisible();
  await connect(playground);
  await lesson.isOpen('Say one word');
});

test('a program of one’s own counts like a click', async ({ playground, page, outside }) => {
  const lesson = new LessonPane(page);
  await lesson.goTo('#lesson/tcp-server/echo');
  await lesson.isOpen('Go to the wall');
  const port = Number(/:(\d+)/.exec(await playground.card(1).innerText())?.[1]);
  const program = await outside.client(port);
  await lesson.isOpen('Say one word');
  const word = await wordOf(lesson);
  program.send(word.slice(0, 2));
  program.send(`${word.slice(2)}\n`);
  await lesson.isDone('Say one word');
  await lesson.isOpen('Say it to the letter');
});

test('every step has an address; Back and Forward lead where one was', async ({ page, playground }) => {
  const lesson = new LessonPane(page);
  await lesson.goTo('#lesson/tcp-server/echo/leave');
  await expect(lesson.step('Leave').getByRole('heading')).toBeFocused();
  await page.getByRole('tab', { name: 'Sockets', exact: true }).click();
  await expect(lesson.region).toBeHidden();
  await expect(playground.card(1, 'listening')).toBeVisible();
  await page.goBack();
  await expect(lesson.region.getByRole('heading', { level: 2 })).toHaveText('Make a server say it back');
  await page.goForward();
  await expect(lesson.region).toBeHidden();
  await lesson.goTo('#lesson/no-such/lesson');
  await expect(lesson.region).toContainText('There is no such lesson.');
});

test('an agent that is restarted gives the lesson new sockets, and done steps stay done', async ({
  playground,
  page,
  agent,
  data,
  troubles,
}) => {
  troubles.expect(noLink);
  const lesson = new LessonPane(page);
  await lesson.goTo('#lesson/tcp-server/echo');
  await lesson.isOpen('Go to the wall');
  await connect(playground);
  await lesson.isOpen('Say one word');
  await playground.whole();
  await agent.stop('SIGKILL');
  await expect(lesson.region).toContainText('The agent does not answer.');
  const second = await startRealAgent({ data, port: agent.ready.port });
  try {
    await page.evaluate((hash) => (location.hash = hash), new URL(second.ready.url).hash);
    await expect(lesson.region).toContainText('The agent was restarted');
    // What is done before its sockets are made again does not count.
    await expect(lesson.region).not.toContainText('Making the sockets');
    await lesson.isOpen('Say one word');
    await expect(page).toHaveURL(/#lesson\/tcp-server\/echo\/echo$/);
    await playground.card(1, 'listening').click();
    await connect(playground);
    await playground.say(await wordOf(lesson));
    await lesson.isOpen('Say it to the letter');
    await expect(lesson.step('Go to the wall')).toContainText('Done before, on sockets that are gone.');
  } finally {
    await second.stop();
  }
});

test('two tabs learn the same lesson, each on sockets of its own', async ({ playground, secondTab }) => {
  const [one, other] = [new LessonPane(playground.page), new LessonPane(secondTab.page)];
  await one.goTo('#lesson/tcp-server/echo');
  await one.isOpen('Go to the wall');
  await other.goTo('#lesson/tcp-server/echo');
  await other.isOpen('Go to the wall');
  await connect(playground);
  await one.isOpen('Say one word');
  await other.isOpen('Go to the wall');
  await other.button('All lessons').click();
  await expect(other.button(/3\.6.*1 of 4 steps/)).toBeVisible();
});

test('what a closed tab left standing is closed by the next that opens a lesson', async ({
  playground,
  secondTab,
}) => {
  const [one, other] = [new LessonPane(playground.page), new LessonPane(secondTab.page)];
  await one.goTo('#lesson/tcp-server/echo');
  await one.isOpen('Go to the wall');
  await playground.page.reload();
  await one.isOpen('Go to the wall');
  await expect(playground.card(1, 'listening')).toBeVisible();
  await playground.page.close();
  await other.goTo('#lesson/tcp-server/echo');
  await other.isOpen('Go to the wall');
  await expect(secondTab.rows(/#1.*closed/)).toBeVisible({ timeout: 30_000 });
  await expect(secondTab.card(2, 'listening')).toBeVisible();
});

test('progress is exported, reset and taken back, and imported', async ({ playground, page }) => {
  const lesson = new LessonPane(page);
  await lesson.goTo('#lesson/tcp-server/echo');
  await lesson.isOpen('Go to the wall');
  await connect(playground);
  await lesson.isDone('Go to the wall');
  await lesson.button('All lessons').click();
  const begun = lesson.button(/3\.6.*1 of 4 steps/);
  const download = page.waitForEvent('download');
  await lesson.button('Export progress').click();
  const path = await (await download).path();
  await lesson.button('Reset progress').click();
  await expect(begun).toBeHidden();
  await playground.button('Take it back').click();
  await expect(begun).toBeVisible();
  await lesson.button('Reset progress').click();
  const chooser = page.waitForEvent('filechooser');
  await lesson.button('Import progress').click();
  await (await chooser).setFiles(path);
  await expect(begun).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the lesson stands above its sockets, and the bar leads to both', async ({ playground, page }) => {
    const lesson = new LessonPane(page);
    await lesson.goTo('#lesson/tcp-server/echo');
    await lesson.isOpen('Go to the wall');
    const panes = page.getByRole('navigation', { name: 'Panes', exact: true });
    await panes.getByRole('link', { name: 'Sockets', exact: true }).click();
    await expect(playground.card(1)).toBeInViewport();
    await connect(playground);
    // Whoever is at the lesson when a step passes is taken to the next one.
    await lesson.isOpen('Say one word');
    await panes.getByRole('link', { name: 'Lesson', exact: true }).click();
    await expect(lesson.region.getByRole('heading', { name: 'Say one word' })).toBeInViewport();
    await expect(page).toHaveURL(/#lesson\/tcp-server\/echo\/echo$/);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const here = await axe.withTags(tags).include('#lesson').analyze();
    found.push(
      ...here.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${colorScheme}: ${id}: ${html}`),
      ),
    );
  }
  return found;
}

test('axe finds nothing in the list, a rejected attempt, a prediction, a question, pairs and an end', async ({
  playground,
  page,
}) => {
  const lesson = new LessonPane(page);
  const found: string[] = [];
  await lesson.goTo('#lessons');
  await expect(lesson.button('Export progress')).toBeVisible();
  found.push(...(await violations(page)));
  await lesson.goTo('#lesson/tcp-server/echo');
  await lesson.isOpen('Go to the wall');
  await lesson.solve();
  await lesson.isOpen('Say one word');
  await playground.say('wrong');
  await expect(lesson.current).toContainText('The server got the line');
  await lesson.button('Next hint').click();
  await lesson.button('Next hint').click();
  await lesson.button('Show solution').click();
  found.push(...(await violations(page)));
  for (const id of ['addresses/well-known-ports', 'tcp-server/accept']) {
    await lesson.goTo(`#lesson/${id}`);
    await expect(lesson.current).toBeVisible();
    found.push(...(await violations(page)));
  }
  expect(found).toEqual([]);
});
