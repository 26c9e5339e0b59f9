/** The index an arrow key moves to in a row of choices that wraps; null for every other key. */
export function rovingIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Walks the elements of a row or a list: an arrow key moves the focus from the one that has it to the next. */
export function walk(event: KeyboardEvent, elements: readonly HTMLElement[]): void {
  const at = elements.findIndex((element) => element === document.activeElement);
  const to = rovingIndex(event.key, at, elements.length);
  if (to === null) return;
  event.preventDefault();
  elements[to]?.focus();
}
