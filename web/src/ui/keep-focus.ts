import { tick } from 'svelte';

/** Once the page shows what was just done: gives the focus to an heir where what had it is gone. */
export async function keepFocus(heir: () => HTMLElement | null | undefined): Promise<void> {
  await tick();
  if (document.activeElement === document.body) heir()?.focus({ preventScroll: true });
}
