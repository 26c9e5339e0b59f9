import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { Glimpse } from '../../store/asked/kernel-sight.svelte.ts';
import Accept from './Accept.svelte';
import { kernelOf, queueOfSize } from './testing.ts';

const button = page.getByRole('button', { name: 'Accept', exact: true });
const taken: Outcome = { ok: true, result: { connection: 5 } };

async function show(glimpse: Glimpse, outcome: Outcome = taken) {
  const ran: Command[] = [];
  const kernel = kernelOf(glimpse);
  await render(Accept, {
    socket: 1,
    kernel,
    run: (command: Command) => {
      ran.push(command);
      return Promise.resolve(outcome);
    },
  });
  return { ran, kernel };
}

describe('the button Accept', () => {
  it('takes one that waits, and says which', async () => {
    const { ran, kernel } = await show(queueOfSize(2, 3));
    await expect.element(page.getByText('2 of 3 wait', { exact: true })).toBeVisible();
    await expect.element(page.getByText('sampled', { exact: true })).toBeVisible();
    await button.click();
    expect(ran).toEqual([{ type: 'accept', socket: 1 }]);
    await expect.element(page.getByRole('status')).toHaveTextContent('#1 accepted #5.');
    expect(kernel.followed).toEqual([1]);
  });

  it('does nothing while nobody waits, keeps the focus, and says why', async () => {
    const { ran } = await show(queueOfSize(0, 3));
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button).toHaveAccessibleDescription('Nobody waits.');
    button.element().focus();
    await userEvent.keyboard('{Enter}');
    expect(ran).toEqual([]);
    await expect.element(button).toHaveFocus();
  });

  it('works where the queue cannot be seen', async () => {
    const { ran } = await show(
      { is: 'unavailable', reason: 'system' },
      { ok: true, result: { connection: null } },
    );
    await expect.element(page.getByText('The queue is not visible on this system.')).toBeVisible();
    await button.click();
    expect(ran).toHaveLength(1);
    await expect.element(page.getByRole('status')).toHaveTextContent('Nobody waited at #1.');
  });

  it('shows why the kernel or the agent said no', async () => {
    const problem = {
      code: 'EMFILE',
      errno: 24,
      message: 'No descriptor is left.',
      hint: 'Close some sockets.',
    };
    await show(queueOfSize(1, 3), { ok: false, problem });
    await button.click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('EMFILE');
  });
});
