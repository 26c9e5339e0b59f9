import { createRawSnippet } from 'svelte';
import { page } from 'vitest/browser';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import { Sockets } from '../../store/sockets/sockets.svelte.ts';
import { echoScene, numbered } from '../../store/testing/events.ts';
import { Scene } from '../scene.ts';
import { actsOf } from './model.ts';
import TalkHead from './TalkHead.svelte';

const views = createRawSnippet(() => ({ render: () => '<span style="width: 420px">views</span>' }));

test('however long a label is, no port loses a digit', async () => {
  await page.viewport(1440, 400);
  const sockets = new Sockets();
  for (const event of numbered(echoScene))
    sockets.apply('label' in event && event.socket === 2 ? { ...event, label: 'W'.repeat(80) } : event);
  sockets.publish();
  const side = { socket: null, note: '' };
  await render(TalkHead, {
    socket: sockets.table.get(2)!,
    sockets: sockets.table,
    who: sockets,
    pair: {
      client: { ...side, side: 'client', socket: 2, address: { host: '127.0.0.1', port: 58_566 } },
      server: { ...side, side: 'server', socket: 3, address: { host: '127.0.0.1', port: 33_103 } },
    },
    acts: [],
    onact: () => undefined,
    onselect: () => undefined,
    children: views,
  });
  for (const text of [':58566', ':33103']) {
    const port = page.getByText(text, { exact: true });
    await expect.element(port).toBeVisible();
    const box = port.element().closest('.wide')!.getBoundingClientRect();
    expect(port.element().getBoundingClientRect().right).toBeLessThanOrEqual(box.right + 0.5);
  }
});

test('the focus stays on Pause when it becomes Resume', async () => {
  const scene = new Scene().client(1, 52144, 8888);
  const props = () => ({ socket: scene.of(1), sockets: scene.sockets, acts: actsOf(scene.of(1)) });
  const { rerender } = await render(TalkHead, {
    ...props(),
    who: scene.who,
    pair: null,
    onact: () => undefined,
    onselect: () => undefined,
    children: views,
  });
  const pause = page.getByRole('button', { name: 'Pause', exact: true }).element();
  if (pause instanceof HTMLElement) pause.focus();
  scene.happens(1, { type: 'paused' });
  await rerender(props());
  await expect.element(page.getByRole('button', { name: 'Resume', exact: true })).toHaveFocus();
});
