import { page, userEvent } from 'vitest/browser';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { at, echoScene, received, sent } from '../../store/testing/events.ts';
import { playedDesk } from '../traffic/testing.ts';
import Graph from './Graph.svelte';

const graph = page.getByRole('group', { name: 'Graph', exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const charts = () => document.querySelectorAll('.uplot').length;
const cells = () => [...document.querySelectorAll('table td')].map((cell) => cell.textContent.trim());

async function show(...bodies: readonly EventBody[]) {
  const played = playedDesk();
  const { container } = await render(Graph, { desk: played.desk });
  container.style.cssText = 'display: grid; height: 500px; width: 900px';
  await played.tell(...bodies);
  played.desk.log.sync();
  return played;
}

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await page.viewport(1280, 800);
});

describe('the graph', () => {
  it('of nothing has its panels, without anything in them', async () => {
    await show();
    await expect.element(graph).toBeVisible();
    await expect.poll(charts).toBe(4);
    await expect.element(page.getByRole('radio', { name: 'One socket', exact: true })).toBeDisabled();
  });

  it('counts the bytes between two sockets of ours once, as a table too', async () => {
    await show(...echoScene, sent(2, 'hello'), received(3, 'hello'));
    await button('Whole run').click();
    await button('Table').click();
    await expect.poll(() => cells().some((cell) => /\d/.test(cell) && cell !== '0')).toBe(true);
  });

  it('has the keyboard as a table too', async () => {
    const { desk } = await show(...echoScene, sent(2, 'hello'));
    await button('Table').click();
    const table = page.getByRole('region', { name: 'Bars as a table' });
    await expect.element(table).toBeVisible();
    desk.focus('grid');
    await expect.element(table).toHaveFocus();
    await button('Table').click();
    await expect.element(graph).toBeVisible();
    await expect.element(button('Table')).toHaveFocus();
    desk.focus('grid');
    await expect.element(graph).toHaveFocus();
  });

  it('says of a capture that its packets are not counted', async () => {
    const { desk, tell } = playedDesk();
    await render(Graph, { desk });
    const note = page.getByText('this is a capture');
    await expect.element(note).not.toBeInTheDocument();
    const ends = { source: at(5000), destination: at(53), stream: null, from: null };
    const carried = { protocol: 'UDP', size: 1, data: Uint8Array.of(7) };
    await tell({ type: 'segment', socket: null, ...ends, ...carried });
    desk.log.sync();
    await expect.element(note).toBeVisible();
    await tell(...echoScene);
    await expect.element(note).not.toBeInTheDocument();
  });

  it('leaves out what is switched off, and says when that is all', async () => {
    await show(...echoScene, sent(2, 'hello'));
    for (const name of ['Bytes/s', 'Chunks/s', 'Open connections']) await button(name).click();
    await expect.poll(charts).toBe(1);
    await expect.element(button('Bytes/s')).toHaveAttribute('aria-pressed', 'false');
    await button('Write queue').click();
    await expect.element(page.getByText('Nothing is switched on.')).toBeVisible();
  });

  it('moves and zooms by keys and buttons, and then follows no more', async () => {
    const { desk } = await show(...echoScene, ...Array.from({ length: 50 }, () => sent(2, 'x')));
    await button('Whole run').click();
    expect(desk.window.follows).toBe(false);
    const width = () => desk.window.to - desk.window.from;
    const before = width();
    await button('Zoom in').click();
    expect(width()).toBeCloseTo(before / 2, -3);
    (graph.element() as HTMLElement).focus();
    const { from } = desk.window;
    await userEvent.keyboard('{ArrowRight}');
    expect(desk.window.from).toBeGreaterThan(from);
    await userEvent.keyboard('-');
    expect(width()).toBeCloseTo(before, -3);
  });

  it('counts one socket, when one is selected', async () => {
    const { store } = await show(...echoScene, sent(2, 'hello'));
    store.selection.selectSocket(2);
    await page.getByRole('radio', { name: '#2', exact: true }).click();
    await expect.element(page.getByRole('radio', { name: '#2', exact: true })).toBeChecked();
  });

  it('counts nothing, and says so, when one socket is asked for and none is selected any more', async () => {
    const { store } = await show(...echoScene, sent(2, 'hello'));
    await button('Whole run').click();
    store.selection.selectSocket(2);
    await page.getByRole('radio', { name: '#2', exact: true }).click();
    await button('Table').click();
    await expect.poll(cells).toContain('5');
    store.selection.selectSocket(null);
    await expect.poll(cells).not.toContain('5');
    await expect.element(page.getByText('No socket is selected, so none is counted.')).toBeVisible();
  });

  it('stays as it is when the link is lost', async () => {
    const { lose } = await show(...echoScene, sent(2, 'hello'));
    await expect.poll(charts).toBe(4);
    await lose();
    expect(charts()).toBe(4);
  });
});
