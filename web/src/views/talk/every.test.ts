import { expect, it } from 'vitest';
import { readEvery } from './every.ts';

it('how often is said in seconds', () => {
  expect(['1', '0.5', ' .25 ', '0.01', '86400'].map(readEvery)).toEqual([1_000, 500, 250, 10, 86_400_000]);
});

it.each(['', '0', '-1', '1e3', '0.009', '86401', 'soon', '1,5'])('%j is no such time', (typed) => {
  expect(readEvery(typed)).toBeNull();
});
