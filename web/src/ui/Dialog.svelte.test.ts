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
