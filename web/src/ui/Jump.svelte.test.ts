import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Jump from './Jump.svelte';

const panes = [
  { id: 'first', name: 'First' },
  { id: 'second', name: 'Second' },
];

function pane(id: string, height: string): HTMLElement {
  const made = document.body.appendChild(document.createElement('div'));
  made.id = id;
  made.style.height = height;
  return made;
}

it('says which pane is in view when one grows or shrinks, though nobody scrolls', async () => {
  await page.viewport(390, 800);
  const [first, second] = [pane('first', '50px'), pane('second', '3000px')];
  await render(Jump, { panes });
  const link = (name: string) => page.getByText(name, { exact: true });
  for (const [height, seen] of [
    ['50px', 'Second'],
    ['2000px', 'First'],
    ['60px', 'Second'],
  ] as const) {
    first.style.height = height;
    await expect.element(link(seen)).toHaveAttribute('aria-current', 'location');
  }
  for (const made of [first, second]) made.remove();
});
