import { afterEach, expect, it, vi } from 'vitest';
import { Copying } from './copying.svelte.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const clipboard = (writeText: () => Promise<void>) =>
  vi.stubGlobal('navigator', { clipboard: { writeText } });

it('shows a sign for a moment, counted from the last copy', async () => {
  vi.useFakeTimers();
  clipboard(() => Promise.resolve());
  const copying = new Copying();
  await copying.copy('one');
  vi.advanceTimersByTime(1_000);
  await copying.copy('two');
  vi.advanceTimersByTime(1_000);
  expect(copying.copied).toBe('two');
  vi.advanceTimersByTime(500);
  expect(copying.copied).toBeNull();
});

it('says what to do where the browser forbids it', async () => {
  clipboard(() => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError')));
  const copying = new Copying();
  await copying.copy('one');
  expect(copying.copied).toBeNull();
  expect(copying.problem).toBe('This browser does not let the page copy. Select the text and copy it.');
});
