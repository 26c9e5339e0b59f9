import { page } from 'vitest/browser';
import { expect, it, onTestFinished } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import ProblemNote from './ProblemNote.svelte';

it('while nothing can be tried its tries do nothing, and say why', async () => {
  const done: string[] = [];
  const why = document.body.appendChild(document.createElement('span'));
  onTestFinished(() => why.remove());
  [why.id, why.textContent] = ['why', 'The agent does not answer.'];
  await render(ProblemNote, {
    problem: { code: 'EADDRINUSE', message: 'It is taken.', hint: 'Take another.' },
    tries: [{ label: 'Use any port', run: () => void done.push('any') }],
    describedby: 'why',
  });
  const way = page.getByRole('button', { name: 'Use any port' });
  await expect.element(way).toHaveAttribute('aria-disabled', 'true');
  await expect.element(way).toHaveAccessibleDescription('The agent does not answer.');
  await way.click({ force: true });
  expect(done).toEqual([]);
});

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
