/** What a person chose stays chosen, and what the system asks for is done. */
import { expect, test } from './fixtures.ts';

const scheme = () => getComputedStyle(document.documentElement).colorScheme;
const ink = () => getComputedStyle(document.body).color;

test.describe('in a light system', () => {
  test.use({ colorScheme: 'light' });

  test('the theme is switched, and remembered', async ({ playground, page }) => {
    const light = await page.evaluate(ink);
    await playground.button('Light or dark').click();
    await expect.poll(() => page.evaluate(ink)).not.toBe(light);
    await expect(playground.button('Light or dark')).toHaveAccessibleDescription('Now dark.');
    const dark = await page.evaluate(ink);

    await page.reload();
    await expect(playground.button('New server')).toBeVisible();
    expect(await page.evaluate(ink)).toBe(dark);
    expect(await page.evaluate(scheme)).toContain('dark');
    await playground.button('Light or dark').click();
    await expect.poll(() => page.evaluate(ink)).toBe(light);
  });

  test('it follows the system until somebody chooses', async ({ playground, page }) => {
    await expect(playground.button('New server')).toBeVisible();
    const light = await page.evaluate(ink);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => page.evaluate(ink)).not.toBe(light);
  });
});

test('nothing moves by itself where motion is not wanted', async ({ playground, agent, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { port } = await agent.serve();
  await agent.dial(port);
  await playground.selectSocket(2);
  await playground.button('New server').click();
  const moving = await page.evaluate(() => {
    const lasts = (times: string) => times.split(',').some((time) => parseFloat(time) > 0.001);
    return [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return lasts(transitionDuration) || lasts(animationDuration);
      })
      .map((element) => element.outerHTML.slice(0, 100));
  });
  expect(moving).toEqual([]);
});

test('panes are resized by keys, and remembered', async ({ playground, page }) => {
  const splitter = page.getByRole('separator', { name: 'Width of the sockets', exact: true });
  await splitter.focus();
  const before = Number(await splitter.getAttribute('aria-valuenow'));
  await page.keyboard.press('Shift+ArrowRight');
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 64));
  await page.reload();
  await expect(playground.button('New server')).toBeVisible();
  await splitter.focus();
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 64));
});
