import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { Scene } from '../scene.ts';
import type { Kind } from './model.ts';
import OpenForm from './OpenForm.svelte';
import { Openings } from './openings.svelte.ts';

const taken: Outcome = {
  ok: false,
  problem: {
    code: 'EADDRINUSE',
    message: 'Port 8888 is taken on 127.0.0.1.',
    hint: 'Choose another.',
    field: 'port',
  },
};
const opened: Outcome = { ok: true, result: { socket: 7 } };

async function show(
  kind: Kind,
  answer: (command: Command) => Promise<Outcome>,
  sockets: SocketTable = new Map(),
) {
  const ran: Command[] = [];
  const selected: number[] = [];
  const told: Problem[] = [];
  const openings = new Openings();
  const opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
  await openings.show(kind, sockets);
  const { unmount } = await render(OpenForm, {
    id: 'form',
    kind,
    openings,
    sockets,
    machine: { addresses: [], expose: false },
    run: (command: Command) => {
      ran.push(command);
      return answer(command);
    },
    onselect: (socket: number) => void selected.push(socket),
    onproblem: (problem: Problem) => void told.push(problem),
  });
  return { ran, selected, told, openings, opener, unmount };
}

const always = (outcome: Outcome) => () => Promise.resolve(outcome);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const port = () => page.getByRole('textbox', { name: 'Port', exact: true });

describe('New server', () => {
  it('names its fields as they are called', async () => {
    await show('server', always(opened));
    const protocol = page.getByRole('radiogroup', { name: 'Protocol', exact: true });
    await expect
      .element(protocol.getByRole('radio', { name: 'TCP', exact: true }))
      .toHaveAttribute('aria-checked', 'true');
    await expect.element(protocol.getByRole('radio', { name: 'UDP', exact: true })).toBeVisible();
    const behaviour = page.getByRole('radiogroup', { name: 'Behaviour', exact: true });
    await expect.element(behaviour.getByRole('radio', { name: 'echo', exact: true })).toBeChecked();
    await expect.element(page.getByRole('textbox', { name: 'Host', exact: true })).toHaveValue('127.0.0.1');
    await expect.element(port()).toHaveValue('8888');
  });

  it('opens on Enter, once, selects the socket and gives the focus back', async () => {
    const answers: ((outcome: Outcome) => void)[] = [];
    const form = await show('server', () => new Promise((resolve) => answers.push(resolve)));
    await port().fill('0');
    await userEvent.keyboard('{Enter}{Enter}');
    await expect
      .poll(() => form.ran)
      .toMatchObject([{ type: 'serve', socketType: 'stream', port: 0, behaviour: { name: 'echo' } }]);
    answers[0]?.(opened);
    await expect.poll(() => form.selected).toEqual([7]);
    await expect.poll(() => form.openings.kind).toBeNull();
    await expect.poll(() => document.activeElement).toBe(form.opener);
    expect(form.openings.freshServer).toBe(7);
  });

  it('opens on Enter where the keyboard begins', async () => {
    const form = await show('server', always(opened));
    await expect.element(page.getByRole('radio', { name: 'TCP', exact: true })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await expect.poll(() => form.ran).toMatchObject([{ type: 'serve', socketType: 'dgram' }]);
  });

  it('forgets the label of a socket it has opened, and keeps the rest', async () => {
    const { openings } = await show('server', always(opened));
    openings.edit({
      ...openings.form('server'),
      entries: { ...openings.form('server').entries, label: 'mine', port: '9001' },
    });
    await button('Open server').click();
    await expect.poll(() => openings.kind).toBeNull();
    await expect.poll(() => openings.form('server').entries).toMatchObject({ label: '', port: '9001' });
  });

  it('keeps Tab inside while it covers the page', async () => {
    await show('server', always(opened));
    const protocol = page.getByRole('radio', { name: 'TCP', exact: true });
    await expect.element(protocol).toHaveFocus();
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    await expect.element(button('Open server')).toHaveFocus();
    await userEvent.keyboard('{Tab}');
    await expect.element(protocol).toHaveFocus();
  });

  it('speaks of datagrams where it serves them', async () => {
    await show('server', always(opened));
    await expect.element(page.getByText('sends back what arrives, until the end')).toBeVisible();
    await page.getByRole('radio', { name: 'UDP', exact: true }).click();
    await expect.element(page.getByText('sends back every datagram')).toBeVisible();
  });

  it('points at what is wrong before anything is sent', async () => {
    const { ran } = await show('server', always(opened));
    await port().fill('99999');
    await button('Open server').click();
    await expect.element(page.getByText('Port: A whole number from 0 to 65535.')).toBeVisible();
    await expect.element(port()).toHaveFocus();
    expect(ran).toEqual([]);
  });

  it('marks the call that failed, and offers what helps', async () => {
    const sockets = new Scene().listener(1, 8888).sockets;
    const answers = [taken, opened];
    const { ran } = await show('server', () => Promise.resolve(answers.shift() ?? opened), sockets);
    await port().fill('8888');
    await button('Open server').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('EADDRINUSE Port 8888 is taken');
    await expect.element(page.getByText('bind("127.0.0.1", 8888) ✕ stops here')).toBeVisible();
    await expect.element(button('Close #1')).toBeVisible();
    await button('Use any free port').click();
    await expect.poll(() => ran.map((command) => 'port' in command && command.port)).toEqual([8888, 0]);
  });

  it('closes on Escape, and gives the focus back', async () => {
    const { openings, opener } = await show('server', always(opened));
    await expect.element(page.getByRole('radio', { name: 'TCP', exact: true })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => openings.kind).toBeNull();
    await expect.poll(() => document.activeElement).toBe(opener);
  });

  it('offers only behaviours that serve the protocol', async () => {
    await show('server', always(opened));
    await page.getByRole('radio', { name: 'UDP', exact: true }).click();
    await expect.element(page.getByRole('radio', { name: 'chat', exact: true })).toBeDisabled();
    await expect.element(page.getByRole('radio', { name: 'upper', exact: true })).toBeEnabled();
  });
});

describe('New client', () => {
  it('begins at the newest server', async () => {
    const { ran } = await show(
      'client',
      always(opened),
      new Scene().listener(1, 8888).listener(2, 9000).sockets,
    );
    await expect.element(port()).toHaveValue('9000');
    await button('Connect').click();
    await expect
      .poll(() => ran)
      .toEqual([{ type: 'dial', socketType: 'stream', host: '127.0.0.1', port: 9000 }]);
  });

  it('turns into a server where nobody listens', async () => {
    const refused: Outcome = {
      ok: false,
      problem: { code: 'ECONNREFUSED', message: 'Nothing is listening.', hint: 'Open one.' },
    };
    const { openings } = await show('client', always(refused));
    await port().fill('9000');
    await button('Connect').click();
    await button('Open a server there').click();
    await expect.poll(() => openings.kind).toBe('server');
    await expect.poll(() => openings.form('server').entries.port).toBe('9000');
  });
});

describe('a form that is left while it connects', () => {
  async function leave() {
    const answers: ((outcome: Outcome) => void)[] = [];
    const form = await show('client', () => new Promise((resolve) => answers.push(resolve)));
    await button('Connect').click();
    await expect.poll(() => answers).toHaveLength(1);
    await userEvent.keyboard('{Escape}');
    await form.unmount();
    await form.openings.show('server', new Map());
    const answer = async (outcome: Outcome) => {
      answers[0]?.(outcome);
      // Whatever follows from it has followed a turn later.
      await new Promise((resolve) => setTimeout(resolve));
    };
    return { ...form, answer };
  }

  it('closes no other form and takes no focus when it succeeds', async () => {
    const { openings, selected, answer } = await leave();
    await answer(opened);
    expect(openings.kind).toBe('server');
    expect(openings.fresh).toBeNull();
    expect(selected).toEqual([]);
  });

  it('still says what failed', async () => {
    const { told, answer } = await leave();
    await answer(taken);
    expect(told).toMatchObject([{ code: 'EADDRINUSE' }]);
  });
});

it('a button keeps its name while it is at work; a status says so', async () => {
  const answers: ((outcome: Outcome) => void)[] = [];
  await show('client', () => new Promise((resolve) => answers.push(resolve)));
  await button('Connect').click();
  await expect.element(page.getByRole('status').filter({ hasText: 'Connecting …' })).toBeVisible();
  await expect.element(button('Connect')).toHaveAttribute('aria-disabled', 'true');
  answers[0]?.(taken);
  await expect.element(page.getByText('The port the server listens on.')).toBeVisible();
});

it('a UDP client is said to hear one address alone, and how to hear others', async () => {
  await show('client', () => new Promise(() => undefined));
  const words = page.getByText('It hears this address alone.');
  await expect.element(words).not.toBeInTheDocument();
  await page.getByRole('radio', { name: 'UDP', exact: true }).click();
  await expect.element(words).toBeVisible();
});

it('what is typed while it connects stays', async () => {
  const answers: ((outcome: Outcome) => void)[] = [];
  const { openings } = await show('client', () => new Promise((resolve) => answers.push(resolve)));
  await button('Connect').click();
  await port().fill('9001');
  answers[0]?.(opened);
  await expect.poll(() => openings.kind).toBeNull();
  expect(openings.form('client').entries.port).toBe('9001');
});

it('says once that nobody knows a name, before it is tried and after', async () => {
  const problem = { code: 'ENOTFOUND', message: 'No address is known.', hint: 'Check it.', field: 'host' };
  await show('client', always({ ok: false, problem }));
  const said = page.getByText(/No address is known/);
  const host = page.getByRole('textbox', { name: 'Host', exact: true });
  await host.fill('no.such.host');
  await userEvent.tab();
  await expect.poll(() => said.elements().length).toBe(1);
  await button('Connect').click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('ENOTFOUND No address is known. Check it.');
  expect(said.elements()).toHaveLength(1);
});
