import { afterEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { walk } from './roving.ts';

const list = document.createElement('div');
afterEach(() => list.remove());

it('arrow keys walk the elements of a list, around its ends; other keys are left alone', async () => {
  const buttons = ['a', 'b', 'c'].map((text) => {
    const button = document.createElement('button');
    button.textContent = text;
    return button;
  });
  list.replaceChildren(...buttons);
  document.body.append(list);
  const taken: boolean[] = [];
  list.onkeydown = (event) => {
    walk(event, buttons);
    taken.push(event.defaultPrevented);
  };
  const seen: (string | null | undefined)[] = [];
  buttons[0]?.focus();
  for (const key of ['ArrowDown', 'End', 'ArrowRight', 'ArrowUp', 'Home', 'x']) {
    await userEvent.keyboard(key.length > 1 ? `{${key}}` : key);
    seen.push(document.activeElement?.textContent);
  }
  expect(seen).toEqual(['b', 'c', 'a', 'c', 'a', 'a']);
  expect(taken).toEqual([true, true, true, true, true, false]);
});
