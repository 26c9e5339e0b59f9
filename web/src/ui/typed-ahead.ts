/** What is typed while a part of the page is still on its way, given to it once it has the focus: nothing is lost or does something else. */
import { tick } from 'svelte';

/** More is not typed ahead by anybody. */
const mostKeys = 200;
const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph']);

/**
 * Keeps what is typed from now on. What is returned ends that: the keys go to what has the focus inside of `within`, and
 * nowhere when nothing there has it. Escape is not kept: nobody waits any longer. Shortcuts stay the browser's and the page's.
 */
export function keepKeys(within: () => Element | null, onescape: () => void): () => void {
  const before = document.activeElement;
  const kept: string[] = [];
  const keep = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || modifiers.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') onescape();
    else if (!event.repeat && kept.length < mostKeys) kept.push(event.key);
  };
  addEventListener('keydown', keep, true);
  return () => {
    removeEventListener('keydown', keep, true);
    const isThere = (element: Element) => element !== before && within()?.contains(element) === true;
    void give(kept, isThere);
  };
}

async function give(keys: readonly string[], isThere: (element: Element) => boolean): Promise<void> {
  for (const key of keys) {
    // What the key before did may have moved the focus, or come to its end.
    await tick();
    const target = document.activeElement;
    if (target instanceof HTMLElement && isThere(target)) press(target, key);
  }
}

/** A key as far as the browser would act on it: it does so for real ones only. */
function press(target: HTMLElement, key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  if (!target.dispatchEvent(event)) return;
  if (target instanceof HTMLInputElement) edit(target, key);
  else if (key === 'Enter' || key === ' ') target.click();
}

function edit(field: HTMLInputElement, key: string): void {
  const [start, end] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
  if (key === 'Enter') field.form?.requestSubmit();
  else if (key === 'Backspace') replace(field, '', start === end ? Math.max(0, start - 1) : start, end);
  else if (Array.from(key).length === 1) replace(field, key, start, end);
}

function replace(field: HTMLInputElement, text: string, from: number, to: number): void {
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
