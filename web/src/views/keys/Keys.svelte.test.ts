import { page } from 'vitest/browser';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import Keys from './Keys.svelte';

test('the list opens at its beginning, and what closes it, which has the focus, stays in sight', async () => {
  await page.viewport(390, 600);
  await render(Keys, { onclose: () => undefined });
  const close = page.getByRole('button', { name: 'Close keys', exact: true });
  await expect.element(close).toHaveFocus();
  const dialog = page.getByRole('dialog', { name: 'Keys' }).element();
  expect(dialog.scrollHeight).toBeGreaterThan(dialog.clientHeight);
  expect(dialog.scrollTop).toBe(0);
  dialog.scrollTop = dialog.scrollHeight;
  await expect.element(close).toBeInViewport();
});

test('the whole list is seen at once where there is room', async () => {
  await page.viewport(1024, 700);
  await render(Keys, { onclose: () => undefined });
  const dialog = page.getByRole('dialog', { name: 'Keys' }).element();
  expect(dialog.scrollHeight).toBe(dialog.clientHeight);
});
