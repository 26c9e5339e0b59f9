/** On every screen, from phone to wide: axe finds nothing in either theme, and nothing is wider than the window. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, noLink, test } from './fixtures.ts';
import { onEveryScreen } from './screens.ts';
import { overflow } from './overflow.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What can differ between the themes: they are colours and nothing else. */
const coloured = ['color-contrast', 'link-in-text-block'];
const sizes = { wide: [1440, 900], narrow: [1024, 768], phone: [390, 844] } as const;
/** The CSP keeps axe out of frames, and there are none. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });

async function violations(builder: AxeBuilder): Promise<string[]> {
  const found = await builder.analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
}

/** What scrolls under the bars of a phone can be scrolled out again: it is no smaller for being half there now. */
const pin = (page: Page, how: 'relative' | '') =>
  page.evaluate((position) => {
    for (const bar of document.querySelectorAll<HTMLElement>('.bar, .jump')) bar.style.position = position;
  }, how);

/** What is wrong with the page as it stands. */
async function faults(page: Page): Promise<string[]> {
  await pin(page, 'relative');
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(axe(page).withTags(tags));
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(axe(page).withRules(coloured));
  await pin(page, '');
  const wider = await overflow(page);
  return [
    ...light,
    ...dark.map((violation) => `dark: ${violation}`),
    ...(wider > 0 ? [`${wider} px wider than the window`] : []),
  ];
}

for (const [size, [width, height]] of Object.entries(sizes)) {
  test.describe(size, () => {
    test.use({ viewport: { width, height }, contextOptions: { reducedMotion: 'reduce' } });

    test('nothing is wrong with any screen', async ({ playground, agent, outside, page, troubles }) => {
      test.setTimeout(480_000);
      troubles.expect(noLink);
      const found: string[] = [];
      await onEveryScreen({ playground, agent, outside }, async (screen) => {
        found.push(...(await faults(page)).map((fault) => `${screen}: ${fault}`));
      });
      expect(found).toEqual([]);
    });
  });
}

test('axe finds nothing on a page without its link', async ({ agent, page }) => {
  await page.goto(agent.origin);
  await expect(page.getByRole('heading')).toBeVisible();
  expect(await violations(axe(page).withTags(tags))).toEqual([]);
});
