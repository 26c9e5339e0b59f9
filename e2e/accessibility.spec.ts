/** axe finds nothing: every screen, both themes, from phone to wide. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, noLink, test } from './fixtures.ts';
import { onEveryScreen } from './screens.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const sizes = { wide: [1440, 900], narrow: [1024, 768], phone: [390, 844] } as const;
/** The CSP keeps axe out of frames, and there are none. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });

async function violations(builder: AxeBuilder): Promise<string[]> {
  const found = await builder.analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
}

async function inBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const here = await violations(axe(page).withTags(tags));
    found.push(...here.map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

for (const [size, [width, height]] of Object.entries(sizes)) {
  test.describe(size, () => {
    test.use({
      viewport: { width, height },
      colorScheme: 'light',
      contextOptions: { reducedMotion: 'reduce' },
    });

    test('axe finds nothing on any screen', async ({ playground, agent, outside, page, troubles }) => {
      test.setTimeout(480_000);
      troubles.expect(noLink);
      const found: string[] = [];
      await onEveryScreen({ playground, agent, outside }, async (screen) => {
        found.push(...(await inBothThemes(page)).map((violation) => `${screen}: ${violation}`));
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
