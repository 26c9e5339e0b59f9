import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { forgetful } from '../../store/kept/browser-storage.ts';
import type { Kernel } from '../../store/asked/kernel-sight.svelte.ts';
import { snippets } from '../../store/kept/snippets.ts';
import { echoScene } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import { Openings } from '../open/openings.svelte.ts';
import { Stage } from './stage.svelte.ts';
import Talk from './Talk.svelte';
import { Writing } from './writing.svelte.ts';

const refused: Outcome = {
  ok: false,
  problem: { code: 'EPIPE', message: 'The other side is gone.', hint: 'Open a new one.' },
};
const blind: Kernel = { follow: () => () => undefined, of: () => ({ is: 'unknown' }) };

function standing() {
  const told = new Told().tell(...echoScene);
  const { journal, sockets } = told;
  const stage = new Stage();
  const openings = new Openings();
  const writing = new Writing();
  const props = () => ({
    sockets: sockets.table,
    who: sockets,
    selected: 2 as number | null,
    journal,
    payload: () => Promise.resolve({ is: 'gone' } as const),
    kernel: blind,
    picked: null,
    writing,
    stage,
    openings,
    endings: { text: 'lf', hex: 'none' } as const,
    onending: () => undefined,
    snippets: snippets(forgetful()),
    run: () => Promise.resolve(refused),
    onselect: () => undefined,
    onpick: () => undefined,
  });
  return { told, stage, openings, props };
}

const message = page.getByRole('textbox', { name: 'Message', exact: true });

it('a client that was just opened is written to at once', async () => {
  const { openings, props } = standing();
  openings.opened('client', 2);
  await render(Talk, props());
  await expect.element(message).toHaveFocus();
  expect(openings.fresh).toBeNull();
});

it('a client that was opened in Details is not written to when somebody comes to it later', async () => {
  const { stage, openings, props } = standing();
  stage.view = 'details';
  openings.opened('client', 2);
  await render(Talk, props());
  await expect.element(page.getByRole('heading', { name: 'Options' })).toBeVisible();
  stage.view = 'conversation';
  await expect.element(message).toBeVisible();
  await expect.element(message).not.toHaveFocus();
  expect(openings.fresh).toBeNull();
});

it('nor is one that was left before it could be written to', async () => {
  const { openings, props } = standing();
  openings.opened('client', 2);
  await render(Talk, { ...props(), selected: 1 });
  await expect.poll(() => openings.fresh).toBeNull();
});

it('connects again from a client that is closed, and goes to the new one', async () => {
  const { told, props } = standing();
  told.tell({ type: 'closed', socket: 2 });
  const ran: Command[] = [];
  const chosen: number[] = [];
  await render(Talk, {
    ...props(),
    run: (command: Command) => {
      ran.push(command);
      return Promise.resolve<Outcome>({ ok: true, result: { socket: 7 } });
    },
    onselect: (socket: number) => chosen.push(socket),
  });
  await page.getByRole('button', { name: 'Connect again', exact: true }).click();
  await expect.poll(() => chosen).toEqual([7]);
  expect(ran).toEqual([{ type: 'dial', socketType: 'stream', ...told.sockets.table.get(2)?.called }]);
});

it('says nothing of a socket that had the same number in the run before', async () => {
  const { told, props } = standing();
  const { journal, sockets } = told;
  const { rerender } = await render(Talk, props());
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('EPIPE');

  journal.restart('2026-11-21T01:00:00.000Z');
  sockets.restart();
  await rerender({ ...props(), selected: null });
  told.tell(...echoScene);
  await rerender(props());
  await expect.element(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});
