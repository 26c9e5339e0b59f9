import { tick } from 'svelte';

interface Heir {
  focus(options?: FocusOptions): void;
}

/**
 * Called while what has the focus is still in the page: if it goes with what was just done, an heir has the focus next.
 * The page is not scrolled. Where nothing had the focus, nothing gets it.
 */
export async function keepFocus(heir: () => Heir | null | undefined): Promise<void> {
  if (document.activeElement === document.body) return;
  await tick();
  if (document.activeElement === document.body) heir()?.focus({ preventScroll: true });
}
