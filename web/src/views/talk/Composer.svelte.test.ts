import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { forgetful } from '../../store/kept/browser-storage.ts';
import { snippets } from '../../store/kept/snippets.ts';
import { at, Scene } from '../scene.ts';
import Composer from './Composer.svelte';
import { draftCharsMost } from './draft.ts';
import { Writing } from './writing.svelte.ts';
import { appending, message, ok, send, sendTo, write } from './testing.ts';

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

  it('appends to hex nothing unless that is chosen for hex', async () => {
    const { rerender, bytes } = await write();
    await page.getByRole('radio', { name: 'Hex' }).click();
    await message().fill('02 10 03');
    await expect.element(page.getByText('= 3 bytes to #2')).toBeVisible();
    await expect.element(page.getByRole('radio', { name: 'nothing' })).toBeChecked();
    await send().click();
    await expect.element(message()).toHaveValue('');
    await rerender({ endings: { text: 'none', hex: 'crlf' } });
    await message().fill('02');
    await send().click();
    await expect.poll(bytes).toEqual(['\x02\x10\x03', '\x02\r\n']);
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

  it('says at the field that the port is missing, before anything is sent, and calls nothing wrong yet', async () => {
    await write(new Scene().datagram(1, 9999), ok, null);
    await expect.element(page.getByText('no port yet')).toBeVisible();
    await expect.element(sendTo()).toHaveAccessibleDescription('Say the port too, as in 127.0.0.1:9000.');
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'false');
    await sendTo().fill('10.0.0.1:9000');
    await expect.element(page.getByText('no port yet')).not.toBeInTheDocument();
    await expect.element(sendTo()).toHaveAccessibleDescription('');
    await sendTo().fill('10.0.0.1:9000, 10.0.0.2:9000');
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'true');
    await expect
      .element(sendTo())
      .toHaveAccessibleDescription('One address at a time, as in 127.0.0.1:9000.');
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

  it('says why an address is none before it is tried', async () => {
    await write(new Scene().datagram(1, 9999), ok, null);
    await message().fill('ping');
    await sendTo().fill('127.0.0.1:99999');
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'true');
    await expect.element(sendTo()).toHaveAccessibleDescription('A port to send to is 1 to 65535.');
    await message().fill(String.raw`ab\q`);
    await expect.element(message()).toHaveAccessibleDescription(/character 3/);
    await expect.element(sendTo()).toHaveAccessibleDescription('');
  });

  it('says no more that the port is missing once somebody can be answered', async () => {
    const { rerender } = await write(new Scene().datagram(1, 9999), ok, null);
    await message().fill('ping');
    await send().click();
    await expect.element(page.getByText(/Say the port too/)).toBeVisible();
    await rerender({ sender: at(4711) });
    await expect.element(page.getByText('= 5 bytes to 127.0.0.1:4711')).toBeVisible();
    await expect.element(sendTo()).toHaveAttribute('aria-invalid', 'false');
  });

  it('goes to the message that is empty, and says so until something is to go or it is tried again', async () => {
    const { rerender, ran } = await write();
    const empty = page.getByText(/^A stream carries only bytes/);
    await rerender({ endings: appending('none') });
    await send().click();
    await expect.element(empty).toBeVisible();
    await expect.element(message()).toHaveFocus();
    await rerender({ endings: appending('lf') });
    await expect.element(page.getByText('= 1 byte to #2')).toBeVisible();
    await rerender({ endings: appending('none') });
    await expect.element(page.getByText(/^0 bytes to #2/)).toBeVisible();
    await send().click();
    await expect.element(empty).toBeVisible();
    expect(ran).toEqual([]);
  });

  it('says nothing of an empty message any more when an earlier one is there', async () => {
    const { rerender } = await write();
    await message().fill('one');
    await userEvent.keyboard('{Enter}');
    await expect.element(message()).toHaveValue('');
    await rerender({ endings: appending('none') });
    await send().click();
    await expect.element(page.getByText(/^A stream carries only bytes/)).toBeVisible();
    await message().click();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(page.getByText('= 3 bytes to #2')).toBeVisible();
  });

  it('says nothing of a message any more that has gone', async () => {
    await write();
    await message().fill('');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'x'.repeat(draftCharsMost + 1));
    message()
      .element()
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await expect.element(page.getByText(/left out/)).toBeVisible();
    await send().click();
    await expect.element(message()).toHaveValue('');
    await expect.element(page.getByText(/left out/)).not.toBeInTheDocument();
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
        endings: appending('lf'),
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
