import { vi } from 'vitest';

const patienceMs = 20_000;

/** Waits until the check holds. Its deadline is for what never comes, not for what is slow on a busy machine. */
export function eventually<Value>(
  check: () => Value | Promise<Value>,
  options: { readonly timeout?: number; readonly interval?: number } = {},
): Promise<Value> {
  return vi.waitFor(check, { timeout: patienceMs, ...options });
}
