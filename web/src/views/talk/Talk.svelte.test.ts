import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { forgetful } from '../../store/browser-storage.ts';
import type { Kernel } from '../../store/kernel-sight.svelte.ts';
import { snippets } from '../../store/snippets.ts';
import { echoScene } from '../../store/testing.ts';
import { Told } from '../../store/told.ts';
import { Openings } from '../open/openings.svelte.ts';
import { Stage } from './stage.svelte.ts';
import Talk from './Talk.svelte';
import { Writing } from './writing.svelte.ts';

const refused: Outcome = {
  ok: false,
  problem: { code: 'EPIPE', message: 'The other side is gone.', hint: 'Open a new one.' },
};
const blind: Kernel = { follow: () => () => undefined, of: () => ({ is: 'unknown' }) };

it('says nothing of a socket that had the same number in the run before', async () => {
  const told = new Told().tell(...echoScene);
  const { journal, sockets } = told;
  const props = () => ({
    sockets: sockets.table,
    who: sockets,
    selected: 2,
    journal,
    payload: () => Promise.resolve({ is: 'gone' } as const),
    kernel: blind,
    picked: null,
    writing: new Writing(),
    stage: new Stage(),
    openings: new Openings(),
    ending: 'lf' as const,
    onending: () => undefined,
    snippets: snippets(forgetful()),
    run: () => Promise.resolve(refused),
    onselect: () => undefined,
    onpick: () => undefined,
  });
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
