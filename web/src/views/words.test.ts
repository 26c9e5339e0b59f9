import { describe, expect, it } from 'vitest';
import { formatCount, formatSize } from './words.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [98_311, '98,311'],
    [2_600_000, '2.6 M'],
    [3_100_000_000, '3.1 G'],
  ])('writes %d as %s', (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [1, '1 byte'],
    [512, '512 bytes'],
    [65_536, '64 KiB'],
    [3_355_443, '3.2 MiB'],
  ])('writes %d bytes as %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));
});
