import { page } from 'vitest/browser';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import ProblemNote from './ProblemNote.svelte';

it('while it is busy its tries do nothing, and keep the focus', async () => {
  const done: string[] = [];
  const props = {
    problem: { code: 'EADDRINUSE', message: 'It is taken.', hint: 'Take another.' },
    tries: [{ label: 'Use any port', run: () => void done.push('any') }],
  };
  const { rerender } = await render(ProblemNote, props);
  const way = page.getByRole('button', { name: 'Use any port' });
  (way.element() as HTMLElement).focus();
  await rerender({ ...props, busy: true });
  await expect.element(way).toHaveAttribute('aria-disabled', 'true');
  await new Promise(requestAnimationFrame);
  await expect.element(way).toHaveFocus();
  await way.click({ force: true });
  expect(done).toEqual([]);
  await rerender({ ...props, busy: false });
  await way.click();
  expect(done).toEqual(['any']);
});
