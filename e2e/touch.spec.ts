/** To a finger a control reaches further than it is seen, and never over another one: what is hit is what is nearest. */
import type { Page } from '@playwright/test';
import { expect, noLink, test } from './fixtures.ts';
import { onEveryScreen } from './screens.ts';

const controls =
  'button, a[href], input, textarea, select, summary, [role="row"], [role="option"], [role="radio"], [data-seq]';

/** Where a touch that is seen on or next to one control is another's, which is further away. */
const stolen = (page: Page): Promise<string[]> =>
  page.evaluate((selector) => {
    const name = (one: Element) => (one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 24);
    const distance = ({ top, bottom }: DOMRect, y: number) => Math.max(top - y, y - bottom, 0);
    const inside = 8;
    /** Nothing lies over it, as a form does or the bar that it was scrolled under. */
    const isSeen = (one: Element, x: number, y: number) => one.contains(document.elementFromPoint(x, y));
    const all = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const found: string[] = [];
    for (const one of all) {
      one.scrollIntoView({ block: 'center', behavior: 'instant' });
      const seen = one.getBoundingClientRect();
      if (seen.width < 8 || seen.height < 8) continue;
      for (const x of [seen.left + 3, seen.left + seen.width / 2, seen.right - 3])
        for (const y of [-5, -3, -1, 1, 3, 5].flatMap((by) => [seen.top + by, seen.bottom + by])) {
          const hit = document.elementFromPoint(x, y)?.closest(selector);
          if (!isSeen(one, x, Math.min(Math.max(y, seen.top + inside), seen.bottom - inside))) continue;
          if (!hit || hit === one || hit.contains(one) || one.contains(hit)) continue;
          const [mine, its] = [distance(seen, y), distance(hit.getBoundingClientRect(), y)];
          if (its > mine + 0.5)
            found.push(`${name(hit)} is hit ${its} px away, ${mine} px from ${name(one)}`);
        }
    }
    return [...new Set(found)];
  }, controls);

for (const [width, height] of [
  [390, 844],
  [1024, 768],
] as const) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, contextOptions: { reducedMotion: 'reduce' } });

    test('a tap is for what is seen nearest, on every screen', async ({
      playground,
      agent,
      outside,
      page,
      troubles,
    }) => {
      test.setTimeout(240_000);
      troubles.expect(noLink);
      expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
      const found: string[] = [];
      await onEveryScreen({ playground, agent, outside }, async (screen) => {
        found.push(...(await stolen(page)).map((tap) => `${screen}: ${tap}`));
      });
      expect(found).toEqual([]);
    });
  });
}
