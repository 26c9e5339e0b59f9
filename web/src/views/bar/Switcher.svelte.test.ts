import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { Recording } from '../../store/library.svelte.ts';
import Switcher from './Switcher.svelte';

const long = 'a recording with a very long name of its own.session';
const recordings = [
  { key: 1, name: long, id: null },
  { key: 2, name: new Date(2026, 10, 26, 12, 3).toISOString(), id: 'kept' },
] as readonly Pick<Recording, 'key' | 'name' | 'id'>[] as readonly Recording[];

async function show(shown: number | null) {
  const did: unknown[] = [];
  await render(Switcher, {
    recordings,
    shown: recordings.find(({ key }) => key === shown) ?? null,
    now: () => new Date(2026, 10, 26, 12, 30).getTime(),
    onshow: (recording: Recording | null) => void did.push(['show', recording?.key ?? null]),
    onclose: ({ key }: Recording) => void did.push(['close', key]),
  });
  return did;
}
const tab = (name: string) => page.getByRole('tab', { name, exact: true });

describe('the switcher', () => {
  it('has Live and every recording; a long name keeps its ends, and is whole for whoever asks', async () => {
    await show(2);
    await expect.element(tab('Live')).toHaveAttribute('aria-selected', 'false');
    await expect.element(tab('12:03:00')).toHaveAttribute('aria-selected', 'true');
    await expect.element(tab(long)).toHaveTextContent('a recording…wn.session');
    await expect.element(tab(long)).toHaveAttribute('title', long);
  });

  it('is walked by arrows, all the way round', async () => {
    const did = await show(2);
    (tab('12:03:00').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(tab('Live')).toHaveFocus();
    expect(did).toEqual([['show', null]]);
  });

  it('closes a recording by its button or Delete, and the focus stays in it; Live is never closed', async () => {
    const did = await show(1);
    await page.getByRole('button', { name: 'Close recording 12:03:00', exact: true }).click();
    (tab(long).element() as HTMLElement).focus();
    await userEvent.keyboard('{Delete}');
    expect(did).toEqual([
      ['close', 2],
      ['close', 1],
    ]);
    await expect.element(tab('Live')).toHaveFocus();
  });

  it('has nothing to close while Live is shown', async () => {
    const did = await show(null);
    (tab('Live').element() as HTMLElement).focus();
    await userEvent.keyboard('{Delete}');
    expect(did).toEqual([]);
  });
});
