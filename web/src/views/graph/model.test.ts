import { describe, expect, it } from 'vitest';
import { secondsText } from './model.ts';

describe('times on the axis', () => {
  it.each([
    [0, 0.1, '0.0 s'],
    [3, 1, '3 s'],
    [120, 20, '120 s'],
    [1.000_12, 0.000_02, '1.00012 s'],
    [1.0005, 0.0005, '1.0005 s'],
    [0.001, 0.001, '0.001 s'],
  ])('%d s, %d s apart', (at, step, text) => {
    expect(secondsText(at, step)).toBe(text);
  });
});
