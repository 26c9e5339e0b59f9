import { tick } from 'svelte';

interface Heir {
  focus(options?: FocusOptions): void;
}

const isLost = (): boolean => document.activeElement === document.body;

/**
 * Called while what has the focus is still in the page: if it goes with what was just done, an heir has the focus next.
 * The page is not scrolled. Where nothing had the focus, nothing gets it.
 */
export async function keepFocus(heir: () => Heir | null | undefined): Promise<void> {
  if (isLost()) return;
  await tick();
  if (isLost()) heir()?.focus({ preventScroll: true });
}

/**
 * The same for a part of the page that changes by itself: called in `$effect.pre`, before it shows something else, it keeps
 * the focus that is in there.
 */
export function keepFocusIn(
  part: Element | null | undefined,
  heir: () => Heir | null | undefined,
  ..._shown: readonly unknown[]
): void {
  if (part?.contains(document.activeElement) === true) void keepFocus(heir);
}
