import { page, userEvent } from 'vitest/browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { Bench } from '../../bench.svelte.ts';
import { limits } from '../../store/limits.ts';
import { Settings } from '../../store/kept/settings.svelte.ts';
import { echoScene, received, sent } from '../../store/testing/events.ts';
import { Toasts } from '../../ui/toasts.svelte.ts';
import { painted, playedStore } from '../traffic/testing.ts';
import Traffic from '../traffic/Traffic.svelte';

const grid = page.getByRole('grid', { name: 'Packet log' });
const item = (name: string) => page.getByRole('menuitem', { name });
const rowOf = (text: string) => grid.getByText(text).first();

/** The log of an agent that the test plays; rows #9 on are transfers. */
async function setUp(...bodies: EventBody[]) {
  const { store, tell } = playedStore();
  const toasts = new Toasts(4);
  const followed: number[] = [];
  const bench = new Bench(store, toasts);
  await bench.desk.language.load();
  await render(Traffic, {
    desk: bench.desk,
    toasts,
    onclear: () => store.clear(),
    onserver: () => undefined,
    onstream: (socket: number) => followed.push(socket),
  });
  document.querySelector<HTMLElement>('.traffic')!.style.height = '500px';
  await tell(...echoScene, ...bodies);
  return { store, bench, toasts, followed };
}

const words = [
  sent(2, 'apple'),
  received(3, 'apple'),
  sent(3, 'pear'),
  received(2, 'pear'),
  sent(2, 'apple pie'),
];

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await page.viewport(1280, 800);
});

it('why something failed ends with a line on a phone, and goes on in the row’s bytes', async () => {
  await page.viewport(390, 800);
  const message = 'Port 8888 is taken on 127.0.0.1.';
  const hint = 'Use port 0 for any free port, or close what uses this one: one address, port and protocol.';
  await setUp({ type: 'failed', socket: 1, during: 'bind', code: 'EADDRINUSE', errno: 98, message, hint });
  const why = rowOf(message).element().closest('.explain')!;
  const box = why.getBoundingClientRect();
  expect(box.height).toBe(2 * parseFloat(getComputedStyle(why).lineHeight));
  expect(box.bottom).toBeLessThanOrEqual(why.closest('[role="row"]')!.getBoundingClientRect().bottom);
});

describe('columns', () => {
  it('are without addresses on a phone, however long these are', async () => {
    await page.viewport(390, 800);
    await setUp({ type: 'connecting', socket: 2, remote: { host: '192.168.178.201', port: 50_000 } });
    const address = rowOf('192.168.178.201').element().closest('.destination')!;
    expect(address.getClientRects()).toHaveLength(0);
    const { left, right } = address.parentElement!.querySelector('.info')!.getBoundingClientRect();
    const head = page.getByRole('columnheader', { name: 'Info' }).element();
    expect(head.getBoundingClientRect()).toMatchObject({ left, right });
  });

  it.each([
    [721, 501],
    [860, 640],
    [1440, 504],
  ])(
    'leave room to Info where a lesson, or the bytes, take it: %i px, of which %i are left',
    async (window, left) => {
      await page.viewport(window, 800);
      await setUp({ type: 'connecting', socket: 2, remote: { host: '192.168.178.201', port: 50_000 } });
      document.querySelector<HTMLElement>('.traffic')!.style.width = `${left}px`;
      const info = rowOf('192.168.178.201').element().closest('[role="row"]')!.querySelector('.info')!;
      const head = page.getByRole('columnheader', { name: 'Info' }).element();
      expect(info.getBoundingClientRect().width).toBeGreaterThanOrEqual(150);
      expect(head.getBoundingClientRect()).toMatchObject({
        left: info.getBoundingClientRect().left,
        right: info.getBoundingClientRect().right,
      });
      const length = page.getByRole('columnheader', { name: 'Length' }).element() as HTMLElement;
      expect(length.scrollWidth).toBe(length.clientWidth);
      const { left: from, top } = length.getBoundingClientRect();
      expect(length.contains(document.elementFromPoint(from + length.offsetWidth - 8, top + 8))).toBe(true);
    },
  );

  it('have room for the addresses of other hosts where the log is wide, under their heads', async () => {
    await page.viewport(1440, 800);
    await setUp({ type: 'connecting', socket: 2, remote: { host: '192.168.178.201', port: 50_000 } });
    const host = rowOf('192.168.178.201').element() as HTMLElement;
    expect(host.scrollWidth).toBe(host.offsetWidth);
    const { left, right } = host.closest('.destination')!.getBoundingClientRect();
    const head = page.getByRole('columnheader', { name: 'Destination' }).element();
    expect(head.getBoundingClientRect()).toMatchObject({ left, right });
  });

  it('are hidden from a menu and stay so; No. or Info is left', async () => {
    const { store } = await setUp(...words);
    await page.getByRole('button', { name: 'Columns' }).click();
    await expect.element(page.getByRole('menuitemcheckbox', { name: 'No.' })).toHaveFocus();
    await userEvent.keyboard('{Enter}{End}{Enter}');
    await expect
      .element(page.getByRole('menuitemcheckbox', { name: 'Info' }))
      .toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('menuitemcheckbox', { name: 'Protocol' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('columnheader', { name: 'No.' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('columnheader', { name: 'Info' })).toBeVisible();
    expect(new Settings(localStorage).hiddenColumns).toEqual(['no', 'protocol']);
    expect(store.settings.hiddenColumns).toEqual(['no', 'protocol']);
  });
});

describe('the menu of a cell', () => {
  it('filters for its value, against it, and for it as well', async () => {
    const { bench } = await setUp(...words);
    await rowOf('pear').click({ button: 'right' });
    await item('Filter for this value').click();
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3');
    await grid.getByText('#3', { exact: true }).click({ button: 'right' });
    await item('Add it to the filter').click();
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2');
    await grid.getByText('#3', { exact: true }).click({ button: 'right' });
    await item('Filter out this value').click();
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1');
    expect(bench.desk.filter.chips.map(({ words: said }) => said).at(-1)).toBe('not #3');
  });

  it('is opened by the keyboard for the selected row, and walks its columns', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await setUp(...words);
    await rowOf('pear').click();
    (grid.element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await expect.element(item('Filter for this value')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    await expect.element(page.getByText('127.0.0.1:5000').last()).toBeVisible();
    await item('Copy cell').click();
    await expect.poll(() => write.mock.lastCall?.[0]).toBe('127.0.0.1:5000');
    await expect.element(grid).toHaveFocus();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await item('Copy row').click();
    await expect
      .poll(() => write.mock.lastCall?.[0])
      .toMatch(
        /^11\t.*\t#3\tserver to client, sent\t127\.0\.0\.1:8888\t127\.0\.0\.1:5000\tTCP\t4\tsent pear$/,
      );
    write.mockRestore();
  });

  it('has a button too, for a finger', async () => {
    const { store } = await setUp(...words);
    await expect.element(page.getByRole('button', { name: 'Selected row' })).not.toBeInTheDocument();
    await rowOf('pear').click();
    await page.getByRole('button', { name: 'Selected row' }).click();
    await item('Mark row').click();
    expect(store.marks.spots).toEqual([{ run: 0, seq: 11 }]);
  });

  it('says so when as many rows are marked as can be', async () => {
    const { store, toasts } = await setUp(
      ...Array.from({ length: limits.marks }, (_, n) => sent(2, `say ${n}.`)),
    );
    const { journal, marks } = store;
    for (let position = 0; position < limits.marks; position += 1) {
      const row = journal.at(position);
      if (row !== undefined) marks.toggle(row);
    }
    await rowOf(`say ${limits.marks - 1}.`).click({ button: 'right' });
    await item('Mark row').click();
    expect(marks.spots).toHaveLength(limits.marks);
    expect(toasts.list).toMatchObject([{ title: '1,000 rows are marked: no more can be.' }]);
  });
});

it('leads from a row to its stream and to the timeline', async () => {
  const { bench, followed } = await setUp(...words);
  await rowOf('pear').click({ button: 'right' });
  await item('Follow stream').click();
  expect(followed).toEqual([3]);
  await rowOf('pear').click({ button: 'right' });
  await item('Show in timeline').click();
  await expect.element(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');
  expect(bench.desk.window.follows).toBe(false);
  expect(bench.store.selection.seq).toBe(11);
});

describe('find', () => {
  it('goes from match to match, hides nothing, counts, and says when it wraps', async () => {
    const { bench } = await setUp(...words);
    bench.act('find-in-log');
    const field = page.getByRole('textbox', { name: 'Find' });
    await expect.element(field).toHaveFocus();
    await field.fill('apple');
    const said = page.getByRole('search').getByRole('status');
    await expect.element(said).toHaveTextContent('3 rows');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => bench.store.selection.seq).toBe(9);
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    await expect.poll(() => bench.store.selection.seq).toBe(13);
    await expect.element(said).toHaveTextContent('3 of 3, again from the end');
    bench.act('next-match');
    await expect.element(said).toHaveTextContent('1 of 3, again from the top');
    expect(bench.desk.log.length).toBe(echoScene.length + words.length);
    await userEvent.keyboard('{Escape}');
    await expect.element(field).not.toBeInTheDocument();
    bench.act('match-before');
    await expect.poll(() => bench.store.selection.seq).toBe(13);
  });

  it('says of what is no text in any row that it is there as hex', async () => {
    const { bench } = await setUp(...words);
    const { finder } = bench.desk;
    bench.act('find-in-log');
    await userEvent.keyboard('61 70 70');
    const said = page.getByRole('search').getByRole('status');
    await expect.element(said).toHaveTextContent('no row: try Hex');
    finder.form = 'hex';
    await expect.element(said).toHaveTextContent('3 rows');
    finder.form = 'text';
    finder.text = 'ff ff';
    await expect.element(said).toHaveTextContent(/^no row$/);
  });

  it('finds bytes, and words of Info, in what the filter shows', async () => {
    const { bench, toasts } = await setUp(...words);
    const { finder, filter } = bench.desk;
    finder.form = 'hex';
    finder.text = '70 69';
    expect(finder.step(1)).toBe(true);
    await expect.poll(() => bench.store.selection.seq).toBe(13);
    finder.form = 'text';
    finder.text = 'accepted by';
    expect(finder.step(1)).toBe(true);
    await expect.poll(() => bench.store.selection.seq).toBe(8);
    filter.set('sent');
    await expect.element(grid).toHaveAttribute('aria-rowcount', '4');
    bench.act('next-match');
    await expect.poll(() => toasts.list.at(-1)?.title).toBe('No row has “accepted by”.');
  });
});

describe('marks', () => {
  it('are walked round both ends, and are there again after a reload', async () => {
    const { bench, store, toasts } = await setUp(...words);
    bench.act('next-mark');
    expect(toasts.list.at(-1)?.title).toMatch(/No row is marked/);
    for (const text of ['pear', 'apple pie']) {
      await rowOf(text).click();
      bench.act('mark');
    }
    bench.act('next-mark');
    expect(store.selection.seq).toBe(11);
    bench.act('mark-before');
    expect(store.selection.seq).toBe(13);
    await expect.element(grid.getByRole('row', { name: /marked.*pear/ }).first()).toBeVisible();
    bench.act('mark');
    expect(store.marks.spots).toEqual([{ run: 0, seq: 11 }]);
  });

  it('of time: the others count from it until it is taken away', async () => {
    const { bench } = await setUp(...words);
    await rowOf('pear').click();
    bench.act('reference');
    await expect.element(page.getByRole('radio', { name: 'Since No. 11' })).toBeChecked();
    await expect.element(grid.getByText('*REF*')).toBeVisible();
    await expect.element(grid).toHaveTextContent(/-0\.\d{6}/);
    bench.act('reference');
    await expect.element(page.getByRole('radio', { name: 'Since start' })).toBeChecked();
    await expect.element(grid.getByText('*REF*')).not.toBeInTheDocument();
  });
});

describe('following', () => {
  const many = Array.from({ length: 60 }, (_, at) => sent(2, `word ${at}`));
  const resize = async (height: string) => {
    document.querySelector<HTMLElement>('.traffic')!.style.height = height;
    await painted();
    await painted();
  };

  it('goes on when the window is made larger or smaller', async () => {
    const { bench } = await setUp(...many);
    for (const height of ['300px', '700px', '400px', '401px']) {
      await resize(height);
      expect(bench.desk.follows, height).toBe(true);
      await expect.element(rowOf('word 59')).toBeInViewport();
    }
  });

  it('is taken up again by Clear: what comes next is what is wanted', async () => {
    const { bench, store } = await setUp(...many);
    bench.desk.setFollow(false);
    store.clear();
    await expect.poll(() => bench.desk.follows).toBe(true);
  });
});
