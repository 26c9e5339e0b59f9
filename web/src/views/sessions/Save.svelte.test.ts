import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { Download } from '../../store/library.svelte.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import { Hiding } from './hiding.svelte.ts';
import SaveMenu from './SaveMenu.svelte';
import { Saving } from './saving.svelte.ts';
import SavingNote from './SavingNote.svelte';
import { chooseTarget } from './target.ts';

const menu = page.getByRole('menu', { name: 'Save as' });
const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
const save = page.getByRole('button', { name: 'Save', exact: true });

async function show(busy = false, hiding = new Hiding()) {
  const saved: FormatName[] = [];
  await render(SaveMenu, {
    what: 'All events of this run so far',
    busy,
    hiding,
    onsave: (format: FormatName) => void saved.push(format),
  });
  return saved;
}

describe('the menu Save', () => {
  it('offers each form and says what each is for', async () => {
    const saved = await show();
    await save.click();
    await expect.element(item('Session file')).toHaveAccessibleDescription('every event, to open here again');
    await expect.element(item('CSV')).toHaveAccessibleDescription(/spreadsheets/);
    await item('JSON Lines').click();
    expect(saved).toEqual(['json']);
    await expect.element(menu).not.toBeInTheDocument();
    await expect.element(save).toHaveFocus();
  });

  it('is walked by arrows, and Escape leaves it', async () => {
    const saved = await show();
    (save.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(item('Session file')).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(item('CSV')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(menu).not.toBeInTheDocument();
    await expect.element(save).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(item('Session file')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(saved).toEqual(['pcapng']);
  });

  it('ends inside a low window, with all that can be said in it', async () => {
    await page.viewport(390, 340);
    await show();
    await save.click();
    const last = page.getByRole('checkbox', { name: 'Hide secrets' });
    await expect.element(last).toBeInTheDocument();
    const float = menu.element().parentElement;
    expect(float?.getBoundingClientRect().bottom).toBeLessThanOrEqual(340);
    last.element().scrollIntoView();
    await expect.element(last).toBeInViewport();
  });

  it('hides secrets unless somebody says otherwise, and what is typed', async () => {
    const hiding = new Hiding();
    const saved = await show(false, hiding);
    await save.click();
    const hides = page.getByRole('checkbox', { name: 'Hide secrets' });
    await expect.element(hides).toBeChecked();
    await page.getByRole('textbox', { name: 'Also hide' }).fill('hunter2\n/token=\\w+/');
    expect(hiding.words).toEqual(['hunter2', '/token=\\w+/']);
    await hides.click();
    await expect.element(hides).toHaveAccessibleDescription('The file has every byte as it was.');
    expect(hiding.words).toBeNull();
    await item('CSV').click();
    expect(saved).toEqual(['csv']);
  });

  it('says what is wrong with a pattern before anything is saved', async () => {
    const saved = await show();
    await save.click();
    const field = page.getByRole('textbox', { name: 'Also hide' });
    await field.fill('/(/');
    await expect.element(field).toHaveAccessibleDescription(/not closed/);
    await item('CSV').click();
    expect(saved).toEqual([]);
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(menu).not.toBeInTheDocument();
  });

  it('saves one file at a time', async () => {
    const saved = await show(true);
    await save.click();
    await expect.element(page.getByText('A file is being saved. One at a time.')).toBeVisible();
    await item('CSV').click({ force: true });
    expect(saved).toEqual([]);
  });
});

const wanted = { stem: 'run', ending: '.csv', mediaType: 'text/csv' } as const;
const streamOf = (...parts: string[]) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
const download = (stream: ReadableStream<Uint8Array<ArrayBuffer>>, size: number | null = null): Download => ({
  is: 'stream',
  size,
  share: null,
  hidden: null,
  stream,
});

/** A real file of the browser's own, where a person would have picked one. */
async function pickedFile(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('picked.csv', { create: true });
  window.showSaveFilePicker = () => Promise.resolve(handle);
  return handle;
}
const textOf = async (handle: FileSystemFileHandle) => (await handle.getFile()).text();

afterEach(async () => {
  delete window.showSaveFilePicker;
  const folder = await navigator.storage.getDirectory();
  await folder.removeEntry('picked.csv').catch(() => undefined);
});

describe('saving', () => {
  it('writes to the file that was picked, as it comes', async () => {
    const handle = await pickedFile();
    const target = await chooseTarget(wanted);
    const saved = await new Saving().save(target!, 'run.csv', () =>
      Promise.resolve(download(streamOf('one,', 'two'))),
    );
    expect(saved).toEqual({ is: 'saved', name: 'picked.csv', bytes: 7, hidden: null });
    expect(await textOf(handle)).toBe('one,two');
  });

  it('is not begun when no place was picked', async () => {
    window.showSaveFilePicker = () => Promise.reject(new DOMException('', 'AbortError'));
    expect(await chooseTarget(wanted)).toBeNull();
  });

  it('says how far it is, and what was cancelled is not kept', async () => {
    const handle = await pickedFile();
    const saving = new Saving();
    const target = await chooseTarget(wanted);
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(2048)),
    });
    const ended = saving.save(target!, 'run.csv', () => Promise.resolve(download(endless, 4096)));
    await expect.poll(() => saving.progress?.doneBytes).toBe(2048);
    await render(SavingNote, { progress: saving.progress!, oncancel: () => saving.cancel() });
    await expect.element(page.getByText('2 KiB of 4 KiB')).toBeVisible();
    const bar = page.getByRole('progressbar', { name: 'Saving' });
    await expect.element(bar).toHaveAttribute('aria-valuenow', '50');
    (page.getByRole('button', { name: 'Cancel', exact: true }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Escape}');
    expect(await ended).toEqual({ is: 'cancelled' });
    expect(saving.isBusy).toBe(false);
    expect(await textOf(handle)).toBe('');
  });

  it('that breaks half way says so, and keeps no half file', async () => {
    const handle = await pickedFile();
    const target = await chooseTarget(wanted);
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.error(new Error('The agent went away.')),
    });
    const saved = await new Saving().save(target!, 'run.csv', () => Promise.resolve(download(broken)));
    expect(saved).toEqual({ is: 'failed', message: 'The agent went away.' });
    expect(await textOf(handle)).toBe('');
  });

  it('that cannot begin says why', async () => {
    await pickedFile();
    const target = await chooseTarget(wanted);
    const none = { is: 'unreachable', message: 'The agent does not answer.' } as const;
    expect(await new Saving().save(target!, 'run.csv', () => Promise.resolve(none))).toEqual({
      is: 'failed',
      message: 'The agent does not answer.',
    });
  });
});
