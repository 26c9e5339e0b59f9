/** Unit 2 from start to finish, as somebody learns who guesses first, is told, and has the rest shown. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LessonPane } from './lesson-pane.ts';

/** Guesses first: a prediction is locked in as it comes, a typed answer is wrong and is told so. */
async function guess(lesson: LessonPane): Promise<void> {
  const { current } = lesson;
  if (await lesson.button('Lock in my answer').isVisible()) {
    await current.getByRole('radio').first().check();
    await lesson.button('Lock in my answer').click();
    await expect(current).toContainText('what happens from here on counts');
  }
  if (await current.getByRole('textbox').isVisible()) {
    await lesson.answer('-1');
    await expect(current).toContainText('Hint 1 of');
  }
}

async function learn(lesson: LessonPane): Promise<void> {
  await expect(lesson.current).toBeVisible();
  const count = await lesson.steps.count();
  for (let step = 0; step < count; step += 1) {
    await expect(lesson.steps.nth(step)).toHaveAttribute('aria-current', 'step');
    await guess(lesson);
    await lesson.solve();
    await expect(lesson.steps.nth(step)).toContainText('done', { timeout: 20_000 });
  }
  await expect(lesson.region.getByRole('heading', { name: 'Why it works' })).toBeVisible();
}

const heading = (page: Page) =>
  page.getByRole('region', { name: 'Lessons', exact: true }).getByRole('heading', { level: 2 });

test('unit 2 from its first lesson to its end, wrong attempts included', async ({
  page,
  playground,
  context,
  troubles,
}) => {
  test.setTimeout(240_000);
  // "Call from outside" is done by a tab of this browser.
  troubles.expect(/foreign request|console: Failed to load|ERR_/);
  context.on('page', (tab) => void tab.close().catch(() => undefined));
  await expect(playground.button('New server')).toBeVisible();
  const lesson = new LessonPane(page);
  await lesson.open('2.1');
  const titles = [
    'Connect',
    'Refused',
    'Send',
    'Receive until the end',
    'Speak HTTP by hand',
    'Close',
    'Telnet and netcat',
  ];
  for (const title of titles) {
    await expect(heading(page)).toHaveText(title);
    await learn(lesson);
    if (title !== titles.at(-1)) await lesson.button('Next lesson').click();
  }
  await expect(lesson.region.getByRole('heading', { name: /Unit 2 is done/ })).toBeVisible();
  await expect(lesson.region).toContainText('Try to break it');
  await lesson.button('All lessons').click();
  await expect(lesson.region.getByRole('button', { name: /^done,\s*2\./ })).toHaveCount(titles.length);
});
