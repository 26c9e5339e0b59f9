import { expect, it } from 'vitest';
import { plural } from './plural.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [65_536, '65,536 bytes'],
])('a noun agrees with its number: %d', (count, words) => expect(plural(count, 'byte')).toBe(words));

it('a noun may change in more than its end', () => {
  expect(plural(1, 'entry was', 'entries were')).toBe('1 entry was');
  expect(plural(1_000, 'entry was', 'entries were')).toBe('1,000 entries were');
});
