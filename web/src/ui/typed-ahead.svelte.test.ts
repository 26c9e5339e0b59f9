import { userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepKeys } from './typed-ahead.ts';

const closed = vi.fn();
const pageKey = vi.fn();
let host: HTMLElement;

function waiting(): () => void {
  host = document.body.appendChild(document.createElement('div'));
  window.addEventListener('keydown', pageKey);
  return keepKeys(() => host, closed);
}

/** What was waited for, with the focus in its field. */
function comes(): HTMLInputElement {
  const form = host.appendChild(document.createElement('form'));
  const field = form.appendChild(document.createElement('input'));
  field.focus();
  return field;
}

afterEach(() => {
  window.removeEventListener('keydown', pageKey);
  vi.clearAllMocks();
  host.remove();
});

describe('what is typed ahead', () => {
  it('is in the field once that is here, and does nothing before', async () => {
    const here = waiting();
    await userEvent.keyboard('my namx{Backspace}e');
    expect(pageKey).not.toHaveBeenCalled();
    const field = comes();
    here();
    await expect.poll(() => field.value).toBe('my name');
  });

  it('sends the form with Enter, with all that was typed before it', async () => {
    const here = waiting();
    await userEvent.keyboard('done{Enter}');
    const field = comes();
    const sent: string[] = [];
    field.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      sent.push(field.value);
    });
    here();
    await expect.poll(() => sent).toEqual(['done']);
  });

  it('goes nowhere when what was waited for does not come, and Escape says that nobody waits', async () => {
    const here = waiting();
    const elsewhere = document.body.appendChild(document.createElement('input'));
    await userEvent.keyboard('lost{Escape}');
    expect(closed).toHaveBeenCalledOnce();
    elsewhere.focus();
    here();
    await userEvent.keyboard('!');
    await expect.poll(() => elsewhere.value).toBe('!');
    elsewhere.remove();
  });
});
