import { page, userEvent } from 'vitest/browser';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { LinkStatus } from '../../store/store.svelte.ts';
import OpeningNote from './OpeningNote.svelte';

async function show(status: LinkStatus, isFile = true) {
  const cancelled: string[] = [];
  const oncancel = () => void cancelled.push('cancelled');
  await render(OpeningNote, { name: 'big.pcapng', isFile, status, oncancel });
  return cancelled;
}

const bar = page.getByRole('progressbar', { name: 'Opening' });
const mebi = 1024 * 1024;

it('says how much of a file is read, and Escape is the way out', async () => {
  const cancelled = await show({ is: 'reading', done: 25 * mebi, total: 100 * mebi });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '25');
  await expect.element(page.getByRole('status')).toHaveTextContent('Opening big.pcapng');
  await expect.element(page.getByText('25.0 MiB of 100.0 MiB')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(cancelled).toHaveLength(1);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  expect(cancelled).toHaveLength(2);
});

it('leaves Escape to whatever the focus is in', async () => {
  const cancelled = await show({ is: 'reading', done: 1, total: 4 });
  await expect.element(bar).toBeVisible();
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  await userEvent.keyboard('{Escape}');
  expect(cancelled).toEqual([]);
  field.remove();
});

it('counts the events of a kept session', async () => {
  await show({ is: 'reading', done: 3_000, total: 9_000 }, false);
  await expect.element(page.getByText('3,000 of 9,000 events')).toBeVisible();
});
