/** For tests: a composer in the page, its parts, and what it has the agent do. */
import { expect } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { forgetful } from '../../store/kept/browser-storage.ts';
import { snippets } from '../../store/kept/snippets.ts';
import type { Ending, Endings, Notation } from '../../store/kept/written.ts';
import { at, Scene } from '../scene.ts';
import Composer from './Composer.svelte';
import { Writing } from './writing.svelte.ts';

export const ok: Outcome = { ok: true, result: { size: 1, queued: 0 } };

/** A composer of socket 1, and what it has the agent do. */
export async function write(
  scene: Scene = new Scene().client(1, 52144, 8888),
  outcome: Outcome | (() => Outcome) = ok,
  sender: Address | null = scene.of(1).role === 'datagram' ? at(4711) : null,
  onending: (notation: Notation, ending: Ending) => void = () => undefined,
) {
  const ran: Command[] = [];
  const socket = scene.of(1);
  const { rerender } = await render(Composer, {
    socket,
    to: socket.role === 'datagram' ? null : '#2',
    sender,
    writing: new Writing(),
    endings: appending('lf'),
    onending,
    snippets: snippets(forgetful()),
    fresh: false,
    onwelcomed: () => undefined,
    run: (command: Command) => {
      ran.push(command);
      return Promise.resolve(typeof outcome === 'function' ? outcome() : outcome);
    },
  });
  return {
    rerender,
    ran,
    bytes: () =>
      ran.map((command) =>
        'data' in command && 'base64' in command.data ? atob(command.data.base64) : null,
      ),
  };
}

export const appending = (text: Ending): Endings => ({ text, hex: 'none' });

export const message = () => page.getByRole('textbox', { name: 'Message', exact: true });
export const sendTo = () => page.getByRole('textbox', { name: 'Send to', exact: true });
export const every = () => page.getByRole('textbox', { name: 'Seconds from one to the next', exact: true });
export const send = () => page.getByRole('button', { name: 'Send', exact: true });

/** As the browser's own dialog does. */
export async function choose(file: File): Promise<void> {
  const input = page.getByLabelText('File whose bytes go').element();
  const files = new DataTransfer();
  files.items.add(file);
  if (input instanceof HTMLInputElement) input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(page.getByText('as they are')).toBeVisible();
}
