import { page } from 'vitest/browser';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import { FakeAgent } from '../../lessons/testing/fake-agent.ts';
import { Toasts } from '../../ui/toasts.svelte.ts';
import { Desk } from './desk.svelte.ts';
import Traffic from './Traffic.svelte';

it.each([1440, 1024])('the example of a log stands under the heads of the log, %i px wide', async (width) => {
  await page.viewport(width, 700);
  const nothing = () => undefined;
  const desk = new Desk(new FakeAgent().store);
  await render(Traffic, { desk, toasts: new Toasts(1), onclear: nothing, onserver: nothing });
  await expect.element(page.getByRole('grid', { name: 'Example' })).toBeVisible();
  const left = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().left;
  for (const column of ['source', 'destination', 'proto', 'info']) {
    expect(left(`.example .${column}`), column).toBe(left(`.heads .${column}`));
  }
});
