import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { Journal } from '../../store/journal/journal.svelte.ts';
import { kernelOf } from '../kernel/testing.ts';
import { Scene } from '../scene.ts';
import { Lens } from '../stream/lens.svelte.ts';
import Panel from './Panel.svelte';

const refused: Outcome = {
  ok: false,
  problem: { code: 'not-now', message: 'Not while it closes.', hint: 'Open another one.' },
};

/** The Details of #1, and what the agent was asked. */
async function show(answer: Outcome) {
  const scene = new Scene().listener(1, 8888).listener(3, 8889, 'http');
  const ran: Command[] = [];
  const { rerender } = await render(Panel, {
    id: 'views',
    view: 'details',
    socket: scene.of(1),
    sockets: scene.sockets,
    who: scene.who,
    pair: null,
    journal: new Journal(),
    payload: () => Promise.resolve({ is: 'gone' }),
    kernel: kernelOf({ is: 'unknown' }),
    picked: null,
    machine: { addresses: [], expose: false },
    over: null,
    run: (command: Command) => {
      ran.push(command);
      return Promise.resolve(answer);
    },
    lens: new Lens(),
    onpick: () => undefined,
    onselect: () => undefined,
    onconnect: () => undefined,
    onclosewith: () => undefined,
  });
  return { scene, ran, rerender };
}

const does = () => page.getByRole('combobox', { name: 'What it does by itself' });
const once = () => page.getByRole('checkbox', { name: 'answer once, then close' });

it('what is refused goes back to what the socket does', async () => {
  const { ran } = await show(refused);
  await does().selectOptions('upper');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Not while it closes.');
  await expect.element(does()).toHaveValue('echo');
  await once().click();
  await expect.poll(() => ran).toHaveLength(2);
  await expect.element(once()).not.toBeChecked();
});

it('what is asked for is shown until the socket does it', async () => {
  const { scene, rerender } = await show({ ok: true, result: {} });
  await does().selectOptions('upper');
  await expect.element(does()).toHaveValue('upper');
  scene.happens(1, { type: 'behaving', behaviour: { name: 'ok' } });
  await rerender({ socket: scene.of(1) });
  await expect.element(does()).toHaveValue('ok');
});

it('what was refused of one socket is not said of another', async () => {
  const { scene, rerender } = await show(refused);
  await does().selectOptions('upper');
  await expect.element(page.getByRole('alert')).toBeVisible();
  await rerender({ socket: scene.of(3) });
  await expect.element(does()).toHaveValue('http');
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});

it('of a run that is over nothing can be changed; of a recording that is said around it', async () => {
  const { rerender } = await show(refused);
  const gone = page.getByText('The agent was restarted: the sockets of its earlier run are closed.');
  await rerender({ over: 'restarted' });
  await expect.element(gone).toBeVisible();
  await expect.element(does()).not.toBeInTheDocument();
  await rerender({ over: 'recording' });
  await expect.element(page.getByText('Facts')).toBeVisible();
  await expect.element(page.getByText('nothing can be sent')).not.toBeInTheDocument();
});
