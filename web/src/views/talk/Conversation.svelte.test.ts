import type { ComponentProps } from 'svelte';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import '../../lib/styles.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { Scene } from '../scene.ts';
import Conversation from './Conversation.svelte';

const words = encodeUtf8('a few words that need more lines where there is less room. '.repeat(3));
const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

/** A conversation of more messages than are in view. */
async function show() {
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

const spine = () => page.getByRole('region', { name: 'Conversation', exact: true }).element();
const belowPx = () => spine().scrollHeight - spine().scrollTop - spine().clientHeight;
const newest = page.getByRole('button', { name: 'Newest', exact: true });

it('keeps to the newest message when it gets less room, and more', async () => {
  const takes = await show();
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
  const takes = await show();
  spine().scrollTop = 100;
  await expect.element(newest).toBeVisible();
  await takes(900, 160);
  expect(spine().scrollTop).toBe(100);
});
