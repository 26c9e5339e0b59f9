import type { ComponentProps } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../../lib/styles.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { echoScene, received } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import { Scene } from '../scene.ts';
import Conversation from './Conversation.svelte';

const conversation = page.getByRole('region', { name: 'Conversation', exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });

const data = encodeUtf8(`${'line\n'.repeat(20)}the end`);
let answered: Promise<unknown> = Promise.resolve();
beforeEach(() => (answered = Promise.resolve()));

async function show(...bodies: readonly EventBody[]) {
  const { journal } = new Told().tell(...echoScene, ...bodies);
  const { container } = await render(Conversation, {
    props: {
      version: journal.settled,
      events: journal.perSocket(2),
      side: 'client',
      pair: null,
      picked: null,
      payload: () => answered.then(() => ({ is: 'data', data }) as const),
      onpick: () => undefined,
      onselect: () => undefined,
    },
  });
  container.style.cssText = 'display: grid; height: 300px';
  return container;
}

/** Presses the button by the keyboard; it goes away with what it was for. */
async function use(name: string | RegExp): Promise<void> {
  const element = button(name).element();
  if (element instanceof HTMLElement) element.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button(name)).not.toBeInTheDocument();
}

it('keeps the focus when all lines of a message are asked for', async () => {
  await show(received(2, 'line\n'.repeat(20)));
  await use(/more lines/);
  await expect.element(conversation).toHaveFocus();
});

/** All but its first line is to be asked for. */
const long = { ...received(2, 'line\n'), size: 107 };

it('keeps the focus when all bytes of a message are asked for', async () => {
  await show(long);
  await use('show all 107 bytes');
  await expect.element(page.getByText('the end')).toBeVisible();
  await expect.element(conversation).toHaveFocus();
});

it('leaves the focus where it is when somebody has gone before the bytes come', async () => {
  let answer: (value?: unknown) => void = () => undefined;
  answered = new Promise((resolve) => (answer = resolve));
  await show(long);
  const all = button('show all 107 bytes');
  await all.click();
  const element = all.element();
  if (element instanceof HTMLElement) element.blur();
  answer();
  await expect.element(page.getByText('the end')).toBeVisible();
  expect(document.activeElement).toBe(document.body);
});

it('keeps the focus when the last of the earlier messages come, as they do once one scrolls up to them', async () => {
  await show(...Array.from({ length: 80 }, (_, n) => received(2, `${n}`)));
  const earlier = button(/earlier, show more/).element();
  if (earlier instanceof HTMLElement) earlier.focus();
  await expect.element(button(/earlier, show more/)).not.toBeInTheDocument();
  await expect.element(conversation).toHaveFocus();
});

const words = encodeUtf8('a few words that need more lines where there is less room. '.repeat(3));
const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

/** A conversation of more messages than are in view. */
async function crowded() {
  const scene = new Scene().client(1, 52144, 8888);
  const said = { type: 'sent', size: words.length, data: words } as const;
  for (let count = 0; count < 20; count += 1) scene.happens(1, said);
  const props: ComponentProps<typeof Conversation> = {
    version: 1,
    events: scene.eventsOf(1),
    side: 'client',
    pair: null,
    picked: null,
    payload: () => Promise.resolve({ is: 'gone' }),
    onpick: () => undefined,
    onselect: () => undefined,
  };
  const { container } = await render(Conversation, { props });
  const takes = (width: number, height: number) => {
    container.style.cssText = `display: grid; grid: "body" ${height}px / ${width}px`;
    return frames();
  };
  await takes(900, 300);
  return takes;
}

const spine = () => conversation.element();
const belowPx = () => spine().scrollHeight - spine().scrollTop - spine().clientHeight;
const newest = page.getByRole('button', { name: 'Newest', exact: true });

it('keeps to the newest message when it gets less room, and more', async () => {
  const takes = await crowded();
  await expect.poll(belowPx).toBeLessThan(2);
  for (const [width, height] of [
    [900, 160],
    [560, 160],
    [560, 400],
    [1000, 240],
  ] as const) {
    await takes(width, height);
    await expect.poll(belowPx).toBeLessThan(2);
    await expect.element(newest).not.toBeInTheDocument();
  }
});

it('leaves a reader of older messages alone', async () => {
  const takes = await crowded();
  spine().scrollTop = 100;
  await expect.element(newest).toBeVisible();
  await takes(900, 160);
  expect(spine().scrollTop).toBe(100);
});

it.each([
  [721, 301],
  [760, 340],
  [800, 380],
])('is read beside a lesson in a window of %i px, which leaves it %i', async (window, left) => {
  await page.viewport(window, 600);
  const container = await show(received(2, 'Hello, world!'));
  container.style.cssText += `; container: talk / inline-size; width: ${left}px`;
  const words = page.getByText('Hello, world!').element();
  expect(words.getClientRects().length).toBeLessThanOrEqual(2);
  expect(words.getBoundingClientRect().right).toBeLessThanOrEqual(left);
});
