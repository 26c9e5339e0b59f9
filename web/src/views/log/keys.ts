/** Which row a key moves the selection to; null for keys that move nothing. */
export interface Ground {
  readonly length: number;
  /** Rows a page holds. */
  readonly page: number;
  /** The last row in view: where a selection begins. */
  readonly last: number;
}

const steps: Readonly<Record<string, (page: number) => number>> = {
  ArrowDown: () => 1,
  j: () => 1,
  ArrowUp: () => -1,
  k: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
};

export function moveOf(key: string, selected: number, { length, page, last }: Ground): number | null {
  if (length === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  const step = steps[key];
  if (step === undefined) return null;
  if (selected < 0) return Math.min(Math.max(0, last), length - 1);
  return Math.min(Math.max(0, selected + step(page)), length - 1);
}
