import { page, userEvent } from 'vitest/browser';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { at, echoScene, opened, received, sent } from '../../store/testing/events.ts';
import { playedDesk } from '../traffic/testing.ts';
import Timeline from './Timeline.svelte';

const grid = page.getByRole('grid', { name: 'Timeline', exact: true });
const rows = () =>
  [...document.querySelectorAll('[role="row"][aria-selected]')].map((row) => row.textContent);
const heads = () => [...document.querySelectorAll('.heads b')].map((head) => head.textContent);

/** What is drawn, as one number: another picture has another. */
function picture(): string {
  return document.querySelector('canvas')?.toDataURL() ?? '';
}

async function show(...bodies: readonly EventBody[]) {
  const played = playedDesk();
  const { container } = await render(Timeline, { desk: played.desk });
  container.style.cssText = 'display: grid; height: 500px; width: 900px';
  await played.tell(...bodies);
  // The log's rows are what the timeline shows; the traffic around it keeps them up to date.
  played.desk.log.sync();
  return {
    ...played,
    tell: async (...more: readonly EventBody[]) => {
      await played.tell(...more);
      played.desk.log.sync();
    },
  };
}

const connection = (client: number, port: number): readonly EventBody[] => [
  opened(client),
  { type: 'connecting', socket: client, remote: at(8888) },
  { type: 'connected', socket: client, local: at(port), remote: at(8888) },
  opened(client + 1, 1),
  { type: 'accepted', socket: client + 1, listener: 1, local: at(8888), remote: at(port) },
];

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await page.viewport(1280, 800);
});

describe('the timeline', () => {
  it('of nothing is a picture without lanes, and grows with what happens', async () => {
    const { tell } = await show();
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1');
    expect(heads()).toEqual([]);
    await tell(opened(1));
    await expect.poll(heads).toEqual(['#1']);
    await expect.poll(rows).toHaveLength(1);
  });

  it('has the facts of the picture as a table', async () => {
    await show(...echoScene, sent(2, 'hi'), received(3, 'hi'));
    await expect.poll(heads).toEqual(['#1', '#2', '#3']);
    await expect.poll(() => rows().join('\n')).toMatch(/#2\s*sent 2 bytes: hi\s*to #3, received as No\. 10/);
  });

  it('has a lane for each of forty sockets that lives, and draws them in a crowd', async () => {
    const many = Array.from({ length: 20 }, (_, n) => connection(2 + 2 * n, 5000 + n)).flat();
    const { desk, tell } = await show(...echoScene.slice(0, 3), ...many);
    await expect.poll(heads).toContain('#41');
    expect(heads()).not.toContain('#2');
    await tell(...Array.from({ length: 3_000 }, (_, n) => sent(2 + 2 * (n % 20), `ping ${n}`)));
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    expect(desk.window.follows).toBe(false);
    await expect.poll(() => heads().length).toBeGreaterThan(20);
    await expect.poll(() => Number(grid.element().getAttribute('aria-rowcount'))).toBe(3_104);
    expect(rows().length).toBeLessThan(100);
  });

  it('walks and zooms by keys, and keeps what is selected in view', async () => {
    const { desk } = await show(...echoScene, ...Array.from({ length: 200 }, (_, n) => sent(2, `ping ${n}`)));
    (grid.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowDown}');
    expect(desk.selected).toMatchObject({ event: { seq: 2 } });
    await expect.poll(() => document.querySelector('[aria-selected="true"]')?.textContent).toContain('bound');
    const before = picture();
    await userEvent.keyboard('+++');
    await expect.poll(picture).not.toBe(before);
    expect(document.querySelector('[aria-selected="true"]')).not.toBeNull();
    await userEvent.keyboard('0');
    await expect.poll(() => grid.element().getAttribute('aria-activedescendant')).toMatch(/-1$/);
  });

  it('shows the rows that the filter leaves, and none when it leaves none', async () => {
    const { desk, tell } = await show(...echoScene, sent(2, 'hi'));
    const leave = async (text: string) => {
      desk.filter.set(text);
      // The language of the filter is fetched when it is first wanted.
      await expect.poll(() => desk.terms.length).toBe(1);
      desk.log.filter(desk.terms);
      await tell();
    };
    await leave('socket == 1');
    await expect.poll(rows).toHaveLength(3);
    await leave('nowhere');
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1');
  });

  it('keeps to the time that the graph was moved to, away from the selected row', async () => {
    const { desk } = await show(...echoScene, ...Array.from({ length: 400 }, (_, n) => sent(2, `ping ${n}`)));
    const row = desk.store.journal.bySeq(2);
    if (row === undefined) throw new Error('no row');
    desk.window.show(3e8, 3.5e8);
    desk.window.passed = row;
    desk.select(row);
    await expect.poll(() => rows().some((text) => text.includes('ping 3'))).toBe(true);
    expect(desk.window.from).toBe(3e8);
  });

  it('stays as it is when the link is lost', async () => {
    const { lose } = await show(...echoScene, sent(2, 'hi'));
    await expect.poll(rows).toHaveLength(9);
    const before = picture();
    await lose();
    expect(picture()).toBe(before);
  });
});
