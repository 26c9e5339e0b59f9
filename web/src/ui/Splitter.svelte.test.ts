import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import Splitter from './Splitter.svelte';

const usualPx = 344;

async function show() {
  // On a phone there are no splitters.
  await page.viewport(1024, 700);
  let px = 500;
  let most = 800;
  await render(Splitter, {
    label: 'Width of the sockets',
    axis: 'column',
    measure: () => ({ now: px, min: 220, max: most }),
    onresize: (size: number | undefined) => (px = size ?? usualPx),
  });
  const line = page.getByRole('separator', { name: 'Width of the sockets' });
  return { line, narrow: () => (most = 600) };
}

it('says how large the pane is before it has the focus', async () => {
  const { line } = await show();
  await expect.element(line).toHaveAttribute('aria-valuenow', '500');
  await expect.element(line).toHaveAttribute('aria-valuemin', '220');
  await expect.element(line).toHaveAttribute('aria-valuemax', '800');
});

it('says it again when it was set back', async () => {
  const { line } = await show();
  line.element().dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  await expect.element(line).toHaveAttribute('aria-valuenow', String(usualPx));
});

it('says it again when the window got another size', async () => {
  const { line, narrow } = await show();
  await expect.element(line).toHaveAttribute('aria-valuemax', '800');
  narrow();
  await page.viewport(900, 600);
  await expect.element(line).toHaveAttribute('aria-valuemax', '600');
});
