import type {} from '@vitest/browser-playwright';
import { cdp, page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import { Bench } from '../../bench.svelte.ts';
import { echoScene, numbered, sent } from '../../store/testing/events.ts';
import { Toasts } from '../../ui/toasts.svelte.ts';
import { playedStore } from '../traffic/testing.ts';
import Traffic from '../traffic/Traffic.svelte';
// Fetched in a flood otherwise, by a server that may share its core.
import './sketcher.ts';

const grid = page.getByRole('grid', { name: 'Packet log' });
const canvas = () => document.querySelector<HTMLCanvasElement>('canvas.sketch')!;
const frame = () => new Promise((done) => requestAnimationFrame(done));
/** A flood by its rate, however slow the frames are: three times what is crowded. */
const rowsAMs = 20;

let over = true;

/** The log of an agent that the test plays, in a flood until `calm` is called. */
async function flooded() {
  const { store, agent } = playedStore();
  const toasts = new Toasts(4);
  const bench = new Bench(store, toasts);
  await bench.desk.language.load();
  await render(Traffic, {
    desk: bench.desk,
    toasts,
    onclear: () => store.clear(),
    onserver: () => undefined,
  });
  document.querySelector<HTMLElement>('.traffic')!.style.height = '500px';
  agent().events(numbered(echoScene, 1));
  let seq = echoScene.length + 1;
  let toldMs = performance.now();
  over = false;
  requestAnimationFrame(function floods() {
    if (over) return;
    const nowMs = performance.now();
    const length = Math.ceil(rowsAMs * (nowMs - toldMs));
    agent().events(
      numbered(
        Array.from({ length }, (_, at) => sent(2, `word ${seq + at}`)),
        seq,
      ),
    );
    toldMs = nowMs;
    seq += length;
    requestAnimationFrame(floods);
  });
  await expect.poll(() => canvas().hidden).toBe(false);
  return { bench, store, newest: () => seq - 1 };
}

/** Number of the last row that is there as elements. */
const written = () =>
  Math.max(
    ...[...document.querySelectorAll('.pool > .log-row > .no')].map((cell) => Number(cell.textContent)),
  );

/** Number of the last row in view; the pool has one more, which stands below it. */
const seen = () => {
  const { bottom } = grid.element().getBoundingClientRect();
  const rows = [...document.querySelectorAll('.pool > .log-row')];
  const inView = rows.filter((row) => row.getBoundingClientRect().top < bottom - 1);
  return Math.max(...inView.map((row) => Number(row.querySelector('.no')?.textContent)));
};

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await page.viewport(1280, 800);
  await userEvent.hover(document.body, { position: { x: 2, y: 2 } });
});
afterEach(() => {
  over = true;
});

it('covers the rows in a flood, which stay there and a second behind at most', async () => {
  const { newest } = await flooded();
  const before = newest();
  await expect.poll(written).toBeGreaterThan(before);
  expect(canvas().hidden).toBe(false);
  expect(canvas().getAttribute('aria-hidden')).toBe('true');
  expect(canvas().width).toBeGreaterThan(0);
});

it('goes when the flood is over, with nothing left to be written', async () => {
  const { newest } = await flooded();
  over = true;
  await expect.poll(() => canvas().hidden).toBe(true);
  await expect.poll(written).toBe(newest());
  expect(canvas().width).toBe(0);
});

it('makes room at once for a pointer and for the focus, and comes back after them', async () => {
  const { newest } = await flooded();
  const before = newest();
  grid.element().dispatchEvent(new PointerEvent('pointerenter'));
  expect(canvas().hidden).toBe(true);
  expect(written()).toBeGreaterThanOrEqual(before);
  await expect.poll(() => canvas().hidden).toBe(false);
  (grid.element() as HTMLElement).focus();
  expect(canvas().hidden).toBe(true);
  for (let frames = 0; frames < 5; frames += 1) {
    await frame();
    expect(canvas().hidden).toBe(true);
  }
  (grid.element() as HTMLElement).blur();
  await expect.poll(() => canvas().hidden).toBe(false);
});

it('is nothing for forced colours', async () => {
  const emulate = (value: string) =>
    cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
  await flooded();
  await emulate('active');
  await expect.poll(() => canvas().hidden).toBe(true);
  await emulate('none');
  await expect.poll(() => canvas().hidden).toBe(false);
});

it('stands still where Follow was let go, on the newest rows', async () => {
  const { bench, newest } = await flooded();
  bench.desk.setFollow(false);
  const at = newest();
  await frame();
  expect(canvas().hidden).toBe(true);
  for (let frames = 0; frames < 5; frames += 1) {
    expect(seen()).toBe(at);
    await frame();
  }
  bench.desk.setFollow(true);
  await expect.poll(() => canvas().hidden).toBe(false);
});

it('leaves to the elements what it does not draw', async () => {
  const { bench, store } = await flooded();
  const opened = store.journal.at(0);
  if (opened !== undefined) store.marks.toggle(opened);
  bench.desk.filter.set('opened');
  await expect.poll(() => canvas().hidden).toBe(true);
  await expect.poll(() => bench.desk.log.length).toBeGreaterThan(0);
  bench.desk.filter.set('');
  await expect.poll(() => canvas().hidden).toBe(false);
  store.clear();
  await expect.poll(() => canvas().hidden).toBe(false);
});
