import { page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import type { Reached } from '../../store/testing/played-link.ts';
import { echoScene, received, sent } from '../../store/testing/events.ts';
import { Toasts } from '../../ui/toasts.svelte.ts';
import type { OpenServer } from '../log/row.ts';
import { painted, playedDesk } from './testing.ts';
import Traffic from './Traffic.svelte';

const grid = page.getByRole('grid', { name: 'Packet log' });
const element = () => grid.element() as HTMLElement;

/** The traffic of an agent that the test plays. */
async function setUp(reached: Reached = {}) {
  const { store, desk, tell, miss } = playedDesk(reached);
  const wanted: unknown[] = [];
  const toasts = new Toasts(4);
  await render(Traffic, {
    desk,
    toasts,
    onclear: () => store.clear(),
    onserver: (server: OpenServer) => wanted.push(server),
  });
  const box = document.querySelector<HTMLElement>('.traffic')!;
  box.style.height = '400px';
  await painted();
  return { store, desk, tell, miss, wanted, toasts };
}

const pings = (count: number) => Array.from({ length: count }, (_, n) => sent(2, `ping ${n}`));
const atTail = () => element().scrollHeight - element().scrollTop - element().clientHeight < 2;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await page.viewport(1280, 800);
});
afterEach(() => {
  document.documentElement.removeAttribute('data-theme');
});

describe('the log', () => {
  it('has only as many rows in the page as can be seen, and says how many there are', async () => {
    const { tell } = await setUp();
    await tell(...echoScene, ...pings(5000));
    await expect.element(grid).toHaveAttribute('aria-rowcount', String(5000 + echoScene.length + 1));
    await expect.element(grid.getByText('ping 4999')).toBeVisible();
    expect(element().querySelectorAll('[role="row"]').length).toBeLessThan(40);
  });

  it('follows the tail until somebody scrolls up; then nothing moves and new rows are counted', async () => {
    const { tell } = await setUp();
    await tell(...echoScene, ...pings(500));
    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    await expect.element(grid.getByText('ping 499')).toBeVisible();
    await expect.poll(atTail).toBe(true);

    element().scrollTop -= 1000;
    await expect.element(follow).toHaveAttribute('aria-pressed', 'false');
    await painted();
    const text = element().textContent;
    const top = element().scrollTop;
    await tell(...pings(214));
    expect(element().scrollTop).toBe(top);
    expect(element().textContent).toBe(text);
    await expect.element(follow).toHaveTextContent('Follow, 214 new');
    expect((follow.element() as HTMLElement).innerText).toBe('Follow, 214 new');

    await follow.click();
    await expect.element(follow).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(atTail).toBe(true);
  });

  it('follows again once the tail is reached by hand', async () => {
    const { tell } = await setUp();
    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    await tell(...echoScene, ...pings(500));
    await expect.element(grid.getByText('ping 499')).toBeVisible();
    element().scrollTop -= 1000;
    await expect.element(follow).toHaveAttribute('aria-pressed', 'false');
    element().scrollTop = element().scrollHeight;
    await expect.element(follow).toHaveAttribute('aria-pressed', 'true');
    await tell(...pings(50));
    await expect.element(grid).toHaveAttribute('aria-rowcount', String(550 + echoScene.length + 1));
    await expect.poll(atTail).toBe(true);
  });

  it('reaches every row of more than a browser can scroll, by wheel, by keys and by the scrollbar', async () => {
    const style = document.createElement('style');
    style.textContent = '.log { --row: 600px !important }';
    document.head.append(style);
    const count = 60_000;
    const { tell } = await setUp();
    await tell(...echoScene, ...pings(count));
    await expect.element(grid.getByText(`ping ${count - 1}`, { exact: true })).toBeVisible();
    expect(element().scrollHeight).toBeLessThan(17_000_000);

    const row = (text: string) => grid.getByText(text, { exact: true }).element().getBoundingClientRect().top;
    element().scrollTop = element().scrollHeight / 2;
    await painted();
    const middle = /ping \d+/.exec(element().textContent)?.[0] ?? '';
    const before = row(middle);
    element().scrollTop += 90;
    await painted();
    await painted();
    expect(Math.abs(before - row(middle) - 90)).toBeLessThan(2);

    element().focus();
    await userEvent.keyboard('{Home}');
    await expect.element(grid.getByText('opened, stream').first()).toBeVisible();
    await userEvent.keyboard('{End}');
    await expect.element(grid.getByText(`ping ${count - 1}`, { exact: true })).toBeVisible();
    await userEvent.keyboard('{ArrowUp}');
    const active = () => document.getElementById(element().getAttribute('aria-activedescendant') ?? '');
    await expect.poll(() => active()?.getAttribute('aria-rowindex')).toBe(String(count + echoScene.length));
    style.remove();
  });

  it('shows what a filter has found so far and says that it is still looking', async () => {
    const { tell, desk } = await setUp();
    const status = page.getByRole('status').filter({ hasText: /Searching|match/ });
    await tell(...echoScene, ...pings(40_000));
    await desk.language.load();
    const said: string[] = [];
    const watching = new MutationObserver(() => said.push(status.element().textContent));
    watching.observe(document.querySelector('.traffic-head')!, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    const now = vi.spyOn(performance, 'now');
    let clock = 0;
    now.mockImplementation(() => (clock += 20));
    desk.filter.set('"ping 39999"');
    await expect.element(status).toHaveTextContent('1 row matches');
    now.mockRestore();
    watching.disconnect();
    expect(said).toContain('Searching…');
    await expect.element(grid.getByText('ping 39999')).toBeVisible();
  });

  it('stops following before the selected row would leave the view', async () => {
    const { tell, desk } = await setUp();
    await tell(...echoScene, ...pings(500));
    await grid.getByText('ping 499').click();
    await tell(...pings(300));
    await expect.poll(() => desk.log.follow).toBe(false);
    await expect.element(grid.getByRole('row', { selected: true })).toHaveTextContent('ping 499');
  });

  it('is walked by keys, and Enter opens the bytes, Escape closes them', async () => {
    const { tell, desk } = await setUp();
    await tell(...echoScene, ...pings(3));
    element().focus();
    await userEvent.keyboard('jk');
    await expect.poll(() => desk.selectedIndex).toBe(echoScene.length + 1);
    const selected = grid.getByRole('row', { selected: true });
    await expect.element(selected).toHaveTextContent('ping 1');
    await expect.element(grid).toHaveAttribute('aria-activedescendant', selected.element().id);
    await userEvent.keyboard('{Home}{ArrowDown}{End}{Enter}');
    await expect.element(page.getByRole('group', { name: 'Hex dump' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('region', { name: 'Bytes' })).not.toBeInTheDocument();
    await expect.element(grid).toHaveFocus();
  });

  it('keeps the focus when Enter finds nothing to open, also when the next row has something', async () => {
    const { desk, tell, miss } = await setUp();
    await tell(...echoScene);
    await miss(3);
    await tell(sent(2, 'behind'));
    await expect.element(grid.getByText('behind')).toBeVisible();
    element().focus();
    await userEvent.keyboard('{End}{ArrowUp}');
    expect(desk.selected?.kind).toBe('gap');
    await userEvent.keyboard('{Enter}{ArrowDown}');
    await expect.element(page.getByRole('region', { name: 'Bytes' })).toBeVisible();
    expect(document.activeElement).toBe(element());
  });

  it('is where one finds, whatever is shown of the traffic', async () => {
    const { desk, tell, store } = await setUp();
    await tell(...echoScene);
    store.settings.traffic = 'timeline';
    await expect.element(page.getByRole('grid', { name: 'Timeline' })).toBeVisible();
    desk.find();
    await expect.element(page.getByRole('textbox', { name: 'Find' })).toHaveFocus();
    await expect.element(grid).toBeVisible();
  });

  it('marks the other end of the selected row, and leads to it', async () => {
    const { tell, desk } = await setUp();
    await tell(...echoScene, sent(2, 'happy'), received(3, 'happy'));
    await grid.getByText('happy').first().click();
    await page.getByRole('button', { name: 'No. 10' }).click();
    await expect.poll(() => desk.store.selection.seq).toBe(10);
  });

  it('offers a server where nothing listens', async () => {
    const { tell, wanted } = await setUp();
    const failed: EventBody = {
      type: 'failed',
      socket: 4,
      during: 'connect',
      code: 'ECONNREFUSED',
      errno: 111,
      message: 'Nothing is listening on 127.0.0.1:9000.',
      hint: 'Open a server there, or check the port.',
    };
    const remote = { host: '127.0.0.1', port: 9000 };
    const opening = { type: 'opened', socket: 4, family: 'inet', socketType: 'stream', label: null } as const;
    await tell(opening, { type: 'connecting', socket: 4, remote }, failed);
    await page.getByRole('button', { name: 'Open a server there' }).click();
    expect(wanted).toEqual([{ socketType: 'stream', address: remote }]);
  });

  it('filters, keeps chips, and says what is wrong', async () => {
    const { tell } = await setUp();
    await tell(...echoScene, ...pings(3));
    const field = page.getByRole('textbox', { name: 'Filter' });
    await field.fill('not sent');
    await expect.element(page.getByText('8 of 11')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Remove not sent' })).toBeVisible();
    await field.fill('port x');
    await expect.element(page.getByText(/A port is a number/)).toBeVisible();
    await field.fill('nothing is called that');
    await page.getByRole('button', { name: 'Remove the filter' }).click();
    await expect.element(grid.getByText('ping 2')).toBeVisible();
  });

  it('shows bytes that are markup, or control characters, as text', async () => {
    const acting = [0x202e, 0x1b].map((code) => String.fromCodePoint(code));
    const { tell } = await setUp();
    await tell(...echoScene, sent(2, `<img src=x onerror=alert(1)>${acting.join('')}[2J`));
    await expect.element(grid.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(element().querySelector('img')).toBeNull();
    for (const character of acting) expect(element().textContent).not.toContain(character);
  });

  it('that lets nothing through empties the log and not the graph, which says that it shows all', async () => {
    const { tell, desk } = await setUp();
    await tell(...echoScene, ...pings(2));
    await desk.language.load();
    desk.filter.set('nowhere');
    const empty = page.getByText('No row matches this filter.');
    await expect.element(empty).toBeVisible();
    await page.getByRole('tab', { name: 'Graph' }).click();
    await expect.element(empty).not.toBeInTheDocument();
    await expect.element(page.getByText('0 of 10, the graph shows all')).toBeVisible();
    await page.getByRole('tab', { name: 'Log' }).click();
    await expect.element(empty).toBeVisible();
  });

  it('hides on Clear and shows all again', async () => {
    const { tell } = await setUp();
    await tell(...echoScene);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.element(page.getByText(/8 rows are hidden/)).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await expect.element(grid.getByText('connected, to #3')).toBeVisible();
  });
});

describe('the bytes', () => {
  const dump = page.getByRole('group', { name: 'Hex dump' });
  const marks = () => [...dump.element().querySelectorAll('mark')].map((mark) => mark.textContent);
  /** The bytes come in a part of their own, a moment after the click. */
  const open = async (text: string) => {
    await grid.getByText(text).click();
    await expect.element(dump).toHaveTextContent(text);
    await painted();
  };

  it('selected by keys in hex are selected in text too', async () => {
    const { tell } = await setUp();
    await tell(...echoScene, sent(2, 'happy\n'));
    await open('happy');
    (dump.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    await expect.poll(marks).toEqual(['68 61', 'ha']);
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.poll(marks).toEqual(['68 61 70 70 79 0a', 'happy·']);
  });

  it('selected by the pointer in text are selected in hex too', async () => {
    const { tell } = await setUp();
    await tell(...echoScene, sent(2, 'happy\n'));
    await open('happy');
    const text = dump.element().querySelector('[data-side="ascii"]')!.getBoundingClientRect();
    const character = text.width / 6;
    const point = (n: number) => ({
      clientX: text.left + (n + 0.5) * character,
      clientY: text.top + 5,
      bubbles: true,
      buttons: 1,
    });
    const line = dump.element().querySelector('[data-line]')!;
    line.dispatchEvent(new PointerEvent('pointerdown', point(1)));
    line.dispatchEvent(new PointerEvent('pointermove', point(3)));
    await expect.poll(marks).toEqual(['61 70 70', 'app']);
  });

  it('that are not all here are fetched, and only the lines in view are drawn', async () => {
    const size = 1024 * 1024;
    const { tell } = await setUp({
      payload: () => Promise.resolve({ is: 'data', data: new Uint8Array(size).fill(0x41) }),
    });
    const data = new Uint8Array(256).fill(0x41);
    await tell(...echoScene, { type: 'sent', socket: 2, size, data, captured: 256 });
    await grid.getByText('1048576').click();
    await expect.element(dump).toHaveTextContent('000a0');
    dump.element().scrollTop = dump.element().scrollHeight;
    await expect.element(dump).toHaveTextContent('ffff0');
    expect(dump.element().querySelectorAll('[data-line]').length).toBeLessThan(40);
  });

  it('that the agent no longer keeps are said to be gone', async () => {
    const { tell } = await setUp();
    const data = new Uint8Array(256);
    await tell(...echoScene, { type: 'sent', socket: 2, size: 300, data, captured: 256 });
    await grid.getByText('300', { exact: true }).click();
    await expect.element(page.getByText(/no longer keeps the other 44/)).toBeVisible();
  });
});
