import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { forgetful } from '../../store/browser-storage.ts';
import { limits } from '../../store/limits.ts';
import { snippets } from '../../store/snippets.ts';
import type { Ending } from '../../store/written.ts';
import { at, Scene } from '../scene.ts';
import Composer from './Composer.svelte';
import { draftCharsMost } from './draft.ts';
import { Writing } from './writing.svelte.ts';

const ok: Outcome = { ok: true, result: { size: 1, queued: 0 } };

async function write(
  scene: Scene = new Scene().client(1, 52144, 8888),
  outcome: Outcome | (() => Outcome) = ok,
  sender: Address | null = scene.of(1).role === 'datagram' ? at(4711) : null,
  onending: (ending: Ending) => void = () => undefined,
) {
  const ran: Command[] = [];
  const socket = scene.of(1);
  const { rerender } = await render(Composer, {
    socket,
    to: socket.role === 'datagram' ? null : '#2',
    sender,
    writing: new Writing(),
    ending: 'lf',
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

const message = () => page.getByRole('textbox', { name: 'Message', exact: true });
const sendTo = () => page.getByRole('textbox', { name: 'Send to', exact: true });
const every = () => page.getByRole('textbox', { name: 'Seconds from one to the next', exact: true });
const send = () => page.getByRole('button', { name: 'Send', exact: true });

/** As the browser's own dialog does. */
async function choose(file: File): Promise<void> {
  const input = page.getByLabelText('File whose bytes go').element();
  const files = new DataTransfer();
  files.items.add(file);
  if (input instanceof HTMLInputElement) input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(page.getByText('as they are')).toBeVisible();
}

describe('the composer', () => {
  it('shows the bytes before they go, and sends them on Enter', async () => {
    const { ran, bytes } = await write();
    await message().fill(String.raw`caf\xc3\xa9`);
    await expect.element(page.getByText('= 6 bytes to #2')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(bytes).toEqual(['caf\xc3\xa9\n']);
    expect(ran[0]).toMatchObject({ type: 'send', socket: 1 });
    await expect.element(message()).toHaveValue('');
  });

  it('sends on Ctrl+Enter and by its button', async () => {
    const { bytes } = await write();
    await message().fill('a');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(message()).toHaveValue('');
    await message().fill('b');
    await send().click();
    await expect.poll(bytes).toEqual(['a\n', 'b\n']);
  });

  it('keeps what was typed when sending fails', async () => {
    const problem = { code: 'EPIPE', message: 'The other side is gone.', hint: 'Open a new one.' };
    await write(undefined, { ok: false, problem });
    await message().fill('precious');
    await send().click();
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('EPIPE The other side is gone. Open a new one.');
    await expect.element(message()).toHaveValue('precious');
  });

  it('points at an escape that is none', async () => {
    const { ran } = await write();
    await message().fill(String.raw`ab\q`);
    await expect.element(page.getByText(/character 3/)).toBeVisible();
    await send().click();
    expect(ran).toEqual([]);
    const field = message().element();
    await expect.poll(() => field instanceof HTMLInputElement && field.selectionStart).toBe(2);
  });

  it('turns text into hex and back without losing a byte', async () => {
    await write();
    await message().fill(String.raw`\xff\0é`);
    await page.getByRole('radio', { name: 'Hex' }).click();
    await expect.element(message()).toHaveValue('ff 00 c3 a9');
    await page.getByRole('radio', { name: 'Text' }).click();
    await expect.element(message()).toHaveValue(String.raw`\xff\0\xc3\xa9`);
  });

  it('recalls earlier messages and returns to the one being written', async () => {
    await write();
    for (const text of ['one', 'two']) {
      await message().fill(text);
      await userEvent.keyboard('{Enter}');
      await expect.element(message()).toHaveValue('');
    }
    await message().fill('half');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.element(message()).toHaveValue('one');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.element(message()).toHaveValue('half');
  });

  it('writes pasted lines as escapes', async () => {
    await write();
    await message().fill('');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'GET / HTTP/1.1\r\nHost: a\n');
    message()
      .element()
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await expect.element(message()).toHaveValue(String.raw`GET / HTTP/1.1\r\nHost: a\n`);
  });

  it('says why a socket cannot send', async () => {
    await write(new Scene().listener(1, 8888));
    await expect.element(message()).toHaveAttribute('aria-disabled', 'true');
    await expect
      .element(page.getByText('A listener sends nothing. Choose one of its connections.'))
      .toBeVisible();
  });

  it('keeps the focus when its socket closes: letters do not become keys of the page', async () => {
    const scene = new Scene().client(1, 52144, 8888);
    const { rerender, ran } = await write(scene);
    await message().fill('half');
    await rerender({ socket: scene.happens(1, { type: 'closed' }).of(1) });
    await expect.element(message()).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('way{Enter}');
    await expect.element(message()).toHaveFocus();
    await expect.element(message()).toHaveValue('half');
    expect(ran).toEqual([]);
  });

  it('answers the last sender, or whoever is written down', async () => {
    const { ran } = await write(new Scene().datagram(1, 9999));
    const to = sendTo();
    await expect.element(to).toHaveValue('127.0.0.1:4711');
    await message().fill('hi');
    await userEvent.keyboard('{Enter}');
    await expect.element(message()).toHaveValue('');
    await to.fill('[::1]:4711');
    await message().fill('ho');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => ran)
      .toMatchObject([
        { type: 'sendto', host: '127.0.0.1', port: 4711 },
        { type: 'sendto', host: '::1', port: 4711 },
      ]);
  });

  it('begins with this computer in the family of the socket', async () => {
    const scene = new Scene().happens(1, {
      type: 'opened',
      family: 'inet6',
      socketType: 'dgram',
      label: null,
    });
    await write(scene.happens(1, { type: 'bound', local: { host: '::1', port: 9999 } }), ok, null);
    await expect.element(sendTo()).toHaveValue('[::1]');
    await send().click();
    await expect.element(page.getByText('Say the port too, as in [::1]:9000.')).toBeVisible();
  });

  it('says no more that the port is missing once it is there', async () => {
    const { ran } = await write(new Scene().datagram(1, 9999), ok, null);
    await send().click();
    await expect.element(page.getByText(/Say the port too/)).toBeVisible();
    await sendTo().fill('127.0.0.1:4711');
    await expect.element(page.getByText(/Say the port too/)).not.toBeInTheDocument();
    await send().click();
    await expect.poll(() => ran).toMatchObject([{ type: 'sendto', port: 4711 }]);
  });

  it('goes to the address that keeps a datagram here, and on from there', async () => {
    const { ran } = await write(new Scene().datagram(1, 9999), ok, null);
    await message().fill('ping');
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'false');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(sendTo()).toHaveFocus();
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'true');
    await expect.element(sendTo()).toHaveAccessibleDescription('Say the port too, as in 127.0.0.1:9000.');
    await userEvent.keyboard(':4711{Control>}{Enter}{/Control}');
    await expect.poll(() => ran).toMatchObject([{ type: 'sendto', host: '127.0.0.1', port: 4711 }]);
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'false');
  });

  it('says nothing of a message any more that has gone', async () => {
    await write();
    await message().fill('');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'x'.repeat(draftCharsMost + 1));
    message()
      .element()
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await expect.element(page.getByText(/were left out/)).toBeVisible();
    await send().click();
    await expect.element(message()).toHaveValue('');
    await expect.element(page.getByText(/were left out/)).not.toBeInTheDocument();
  });

  it('sends again and again until it is stopped', async () => {
    const { ran, bytes } = await write();
    await message().fill('ping');
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await every().fill('0.02');
    await message().click();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => ran.length).toBeGreaterThan(2);
    await expect.element(message()).toHaveValue('ping');
    await expect.element(message()).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText(/^Sent \d+ times so far/)).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.element(send()).toBeVisible();
    await expect.element(page.getByText(`Sent ${String(ran.length)} times.`)).toBeVisible();
    expect(new Set(bytes())).toEqual(new Set(['ping\n']));
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await send().click();
    await expect.element(message()).toHaveValue('');
  });

  it('says how often is no number of seconds, and sends nothing then', async () => {
    const { ran } = await write();
    await message().fill('ping');
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await every().fill('often');
    await expect.element(every()).toHaveAttribute('aria-invalid', 'true');
    await send().click();
    await expect.element(page.getByText(/^Say how often in seconds/)).toBeVisible();
    expect(ran).toEqual([]);
  });

  it('stops repeating when it is refused, and says why', async () => {
    const problem = { code: 'EPIPE', message: 'The other side is gone.', hint: 'Open a new one.' };
    const { ran } = await write(undefined, { ok: false, problem });
    await message().fill('ping');
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await send().click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('EPIPE');
    await expect.element(send()).toBeVisible();
    expect(ran).toHaveLength(1);
    await message().fill('pong');
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  it('stops repeating with its socket', async () => {
    const scene = new Scene().client(1, 52144, 8888);
    const { rerender } = await write(scene);
    await message().fill('ping');
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await send().click();
    await expect.element(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await rerender({ socket: scene.happens(1, { type: 'closed' }).of(1) });
    await expect.element(send()).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('#1 is closed. A closed socket stays closed.')).toBeVisible();
  });

  it('sends the bytes of a file as they are, and then what was written before', async () => {
    const { bytes } = await write();
    await message().fill('half');
    await choose(new File([Uint8Array.of(0, 0xff, 0x0a)], 'three\n.bin'));
    await expect.element(page.getByText(String.raw`three\n.bin`)).toBeVisible();
    await expect.element(page.getByText('= 3 bytes to #2')).toBeVisible();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(bytes).toEqual(['\0\xff\n']);
    await expect.element(message()).toHaveValue('half');
    await expect.element(send()).toHaveFocus();
  });

  it('lets go of a file that is not to be sent', async () => {
    const { ran } = await write();
    await choose(new File(['x'], 'one.bin'));
    await expect.element(send()).toHaveFocus();
    await page.getByRole('button', { name: 'Remove one.bin' }).click();
    await expect.element(message()).toHaveFocus();
    expect(ran).toEqual([]);
  });

  it('goes on in the message when the file that had the focus went', async () => {
    const { ran } = await write();
    await choose(new File(['x'], 'one.bin'));
    await expect.element(send()).toHaveFocus();
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    await expect.element(page.getByRole('button', { name: 'Remove one.bin' })).toHaveFocus();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(message()).toHaveFocus();
    expect(ran).toHaveLength(1);
  });

  it('is stopped where it was begun: what cannot be changed meanwhile keeps the focus', async () => {
    await write();
    await message().fill('again');
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    const ending = page.getByRole('radio', { name: 'LF', exact: true });
    await ending.click();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await expect.element(ending).toBeDisabled();
    await expect.element(ending).toHaveFocus();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(send()).toBeVisible();
  });

  it('goes on in the message when the socket ends beside what had the focus', async () => {
    const scene = new Scene().client(1, 52144, 8888);
    const { rerender } = await write(scene);
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await every().click();
    await rerender({ socket: scene.happens(1, { type: 'closed' }).of(1) });
    await expect.element(message()).toHaveFocus();
  });

  it('says how far a large file came before it was refused, and keeps it', async () => {
    const problem = { code: 'queue-full', message: 'Too much waits already.', hint: 'Wait.' };
    const answers: Outcome[] = [ok, { ok: false, problem }];
    const { ran } = await write(undefined, () => answers.shift() ?? ok);
    await choose(new File([new Uint8Array(3 * limits.sendPieceBytes)], 'large.bin'));
    await send().click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('queue-full');
    await expect.element(page.getByText('512 KiB of 1.5 MiB are with the agent.')).toBeVisible();
    await expect.element(page.getByText('large.bin')).toBeVisible();
    expect(ran).toHaveLength(2);
  });

  it('says that no datagram holds so large a file', async () => {
    const { ran } = await write(new Scene().datagram(1, 9999));
    await choose(new File([new Uint8Array(limits.sendPieceBytes + 1)], 'large.bin'));
    await expect.element(page.getByText('large.bin')).toBeVisible();
    await send().click();
    await expect.element(page.getByText(/at most 65,507 bytes/)).toBeVisible();
    expect(ran).toEqual([]);
  });

  it('keeps a message under a name, with its notation and its end, and takes it back', async () => {
    const endings: string[] = [];
    const { ran } = await write(undefined, ok, null, (ending) => endings.push(ending));
    await page.getByRole('radio', { name: 'Hex' }).click();
    await message().fill('de ad');
    await page.getByRole('button', { name: 'Snippets', exact: true }).click();
    await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveFocus();
    await userEvent.keyboard('beef{Enter}');
    await expect.element(message()).toHaveFocus();
    await expect.element(message()).toHaveValue('de ad');
    expect(ran).toEqual([]);
    await message().fill('');
    await page.getByRole('radio', { name: 'Text' }).click();
    await page.getByRole('button', { name: 'Snippets', exact: true }).click();
    await page.getByRole('button', { name: 'beef de ad + LF' }).click();
    await expect.element(message()).toHaveValue('de ad');
    await expect.element(page.getByRole('radio', { name: 'Hex' })).toBeChecked();
    expect(endings).toEqual(['lf']);
  });

  it('gives another snippet another name, and says when one would go', async () => {
    await write();
    const name = page.getByRole('textbox', { name: 'Name' });
    const keep = async (text: string) => {
      await message().fill(text);
      await page.getByRole('button', { name: 'Snippets', exact: true }).click();
    };
    await keep('ping');
    await page.getByRole('button', { name: 'Save snippet' }).click();
    await keep(' ping ');
    await expect.element(name).toHaveValue('ping 2');
    await name.fill('ping');
    await expect.element(page.getByRole('button', { name: 'Replace', exact: true })).toBeVisible();
  });

  describe('while a message is on its way', () => {
    /** #1 has sent and hears nothing yet; then #3 is chosen. */
    async function sendAndTurn() {
      const scene = new Scene().client(1, 52144, 8888).client(3, 52145, 8888);
      const answers: ((outcome: Outcome) => void)[] = [];
      const ran: Command[] = [];
      const writing = new Writing();
      const { rerender } = await render(Composer, {
        socket: scene.of(1),
        to: '#2',
        sender: null,
        writing,
        ending: 'lf',
        onending: () => undefined,
        snippets: snippets(forgetful()),
        fresh: false,
        onwelcomed: () => undefined,
        run: (command: Command) => {
          ran.push(command);
          return new Promise<Outcome>((resolve) => answers.push(resolve));
        },
      });
      await message().fill('for two');
      await send().click();
      await rerender({ socket: scene.of(3) });
      return { scene, answers, ran, writing, rerender };
    }

    it('its answer is booked on the socket that sent it, whichever is looked at', async () => {
      const { answers, writing } = await sendAndTurn();
      answers[0]?.(ok);
      await expect.poll(() => writing.of(1).draft.text).toBe('');
      expect(writing.of(1).history.sent).toHaveLength(1);
      expect(writing.of(3).history.sent).toHaveLength(0);
    });

    it('its refusal stands under the socket that sent it', async () => {
      const { scene, answers, rerender } = await sendAndTurn();
      answers[0]?.({ ok: false, problem: { code: 'EPIPE', message: 'It is gone.', hint: 'Open one.' } });
      await rerender({ socket: scene.of(1) });
      await expect.element(page.getByRole('alert')).toHaveTextContent('EPIPE');
      await rerender({ socket: scene.of(3) });
      await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    });

    it('another socket sends all the same', async () => {
      const { ran } = await sendAndTurn();
      await message().fill('meanwhile');
      await send().click();
      await expect.poll(() => ran).toMatchObject([{ socket: 1 }, { socket: 3 }]);
    });
  });
});
