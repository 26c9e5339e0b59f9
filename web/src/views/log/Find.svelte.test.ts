import { page } from 'vitest/browser';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import { playedDesk } from '../traffic/testing.ts';
import Find from './Find.svelte';

it.each(['Previous match', 'Next match'])(
  '%s keeps the focus when there is nothing to find any more, and says why it does nothing',
  async (name) => {
    const { desk } = playedDesk();
    desk.finder.text = 'ping';
    await render(Find, { desk });
    const button = page.getByRole('button', { name });
    await expect.element(button).toHaveAttribute('aria-disabled', 'false');
    (button.element() as HTMLElement).focus();
    desk.finder.text = '';
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await new Promise(requestAnimationFrame);
    await expect.element(button).toHaveFocus();
    await expect.element(button).toHaveAccessibleDescription('Nothing is looked for yet: type it first.');
    desk.finder.form = 'hex';
    desk.finder.text = '0';
    await expect.element(button).toHaveAccessibleDescription('Bytes are pairs of hex digits, as in: 0d 0a.');
  },
);
