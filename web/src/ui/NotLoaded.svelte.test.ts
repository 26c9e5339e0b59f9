import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import NotLoaded from './NotLoaded.svelte';

it('says that a part did not come, and how to go on', async () => {
  await render(NotLoaded, {});
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('This part of the page could not be loaded. Reload the page to try again.');
});

it('leaves that to who takes it upon itself', async () => {
  const onfail = vi.fn();
  await render(NotLoaded, { onfail });
  expect(onfail).toHaveBeenCalledOnce();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});
