import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import { Scene } from '../scene.ts';
import SaveRaw from './SaveRaw.svelte';

it('says what kept the bytes from being saved, and can be tried again', async () => {
  const cut = { type: 'sent', size: 9, data: new Uint8Array(1) } as const;
  const props = {
    events: new Scene().client(1, 52144, 8888).happens(1, cut).eventsOf(1),
    choice: { side: 'client', peer: null },
    socket: 1,
    payload: () => Promise.reject<PayloadAnswer>(new Error('The file was moved.')),
  } as const;
  await render(SaveRaw, { props });
  const button = page.getByRole('button', { name: 'Save raw to server', exact: true });
  await button.click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Nothing was saved: The file was moved.');
  await expect.element(button).toBeEnabled();
});

it('keeps the focus while it saves, and saves one at a time', async () => {
  const cut = { type: 'sent', size: 9, data: new Uint8Array(1) } as const;
  let answer = (_answer: PayloadAnswer): void => undefined;
  let asked = 0;
  const props = {
    events: new Scene().client(1, 52144, 8888).happens(1, cut).eventsOf(1),
    choice: { side: 'client', peer: null } as const,
    socket: 1,
    payload: () => {
      asked += 1;
      return new Promise<PayloadAnswer>((resolve) => (answer = resolve));
    },
  };
  await render(SaveRaw, { props });
  const button = page.getByRole('button', { name: 'Save raw to server', exact: true });
  await button.click();
  await expect.element(button).toBeDisabled();
  await expect.element(button).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(asked).toBe(1);
  answer({ is: 'unreachable', message: 'The agent is gone.' });
  await expect.element(button).toBeEnabled();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Saved without 8 bytes');
});
