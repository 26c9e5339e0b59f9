/** What the composer can do with a message beside sending it once: again and again, from a file, and under a name. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { limits } from '../../store/limits.ts';
import { Scene } from '../scene.ts';
import { appending, choose, every, message, ok, send, write } from './testing.ts';

describe('the composer', () => {
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

  it('goes to what is said to be wrong: to how often only when the rest is right', async () => {
    const { rerender, ran } = await write();
    await rerender({ endings: appending('none') });
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await every().fill('often');
    await userEvent.keyboard('{Enter}');
    await expect.element(message()).toHaveFocus();
    await expect.element(message()).toHaveAccessibleDescription(/^A stream carries only bytes/);
    await userEvent.keyboard('ping{Enter}');
    await expect.element(every()).toHaveFocus();
    await expect.element(every()).toHaveAccessibleDescription(/^Say how often in seconds/);
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

  it('goes on in the message out of sight without scrolling the page that is read', async () => {
    const scene = new Scene().client(1, 52144, 8888);
    const { rerender } = await write(scene);
    await page.getByRole('button', { name: 'Repeat', exact: true }).click();
    await every().click();
    document.documentElement.style.minHeight = '5000px';
    onTestFinished(() => {
      document.documentElement.style.minHeight = '';
    });
    scrollTo(0, 2000);
    await rerender({ socket: scene.happens(1, { type: 'closed' }).of(1) });
    await expect.element(message()).toHaveFocus();
    expect(scrollY).toBe(2000);
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

  it('says how much waits for a peer that does not read, until it does', async () => {
    const scene = new Scene().client(1, 52144, 8888);
    const { rerender } = await write(scene, { ok: true, result: { size: 1, queued: 6_300_000 } });
    const note = page.getByText('6.0 MiB wait in the agent: the other end does not read.');
    scene.happens(1, { type: 'blocked', queued: 100_000 });
    await rerender({ socket: scene.of(1) });
    await message().fill('more');
    await send().click();
    await expect.element(note).toBeVisible();
    scene.happens(1, { type: 'drained', queued: 0 });
    await rerender({ socket: scene.of(1) });
    await expect.element(note).not.toBeInTheDocument();
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
    const endings: string[][] = [];
    const { ran } = await write(undefined, ok, null, (...ending) => endings.push(ending));
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
    await page.getByRole('button', { name: 'beef de ad' }).click();
    await expect.element(message()).toHaveValue('de ad');
    await expect.element(page.getByRole('radio', { name: 'Hex' })).toBeChecked();
    expect(endings).toEqual([['hex', 'none']]);
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
});
