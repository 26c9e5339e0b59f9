import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import Dialog from './Dialog.svelte';

const field = createRawSnippet(() => ({ render: () => '<input aria-label="Name" />' }));

async function open() {
  const onclose = vi.fn();
  await render(Dialog, { label: 'Save', onclose, children: field });
  const dialog = page.getByRole('dialog', { name: 'Save' }).element();
  const press = (on: Element) => on.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  const click = (on: Element) => on.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  return { onclose, dialog, press, click };
}

it('closes on a click beside it', async () => {
  const { onclose, dialog, press, click } = await open();
  press(dialog);
  click(dialog);
  expect(onclose).toHaveBeenCalledOnce();
});

it('stays when text is selected past its edge: the browser calls that a click on what holds both', async () => {
  const { onclose, dialog, press, click } = await open();
  press(page.getByRole('textbox', { name: 'Name' }).element());
  click(dialog);
  expect(onclose).not.toHaveBeenCalled();
});

it.each(['middle', 'top'] as const)('ends inside the window, however much is in it: %s', async (place) => {
  await page.viewport(390, 420);
  const tall = createRawSnippet(() => ({ render: () => '<p style="height: 2000px">text</p>' }));
  await render(Dialog, { label: 'Open', onclose: vi.fn(), children: tall, place });
  const { bottom } = page.getByRole('dialog', { name: 'Open' }).element().getBoundingClientRect();
  expect(bottom).toBeLessThanOrEqual(420);
});
