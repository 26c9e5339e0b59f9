import { describe, expect, it } from 'vitest';
import { amountsOn, secondsText } from './model.ts';

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

describe('amounts on the axis', () => {
  it.each([
    ['a level of nothing', 0, 1.1, 4, [0, 1]],
    ['both sides', -440, 220, 5, [-400, -200, 0, 200]],
    ['one side too low for a step', -41, 11, 3, [-40, -20, 0]],
    ['no room for two', -41, 11, 1, [-20, 0]],
    ['little room', 0, 7.7, 1.5, [0, 5]],
    ['nothing but the client’s side', -5_500, 0, 6, [-5_000, -4_000, -3_000, -2_000, -1_000, 0]],
  ])('%s', (_, min, max, most, amounts) => {
    expect(amountsOn({ min, max }, most)).toEqual(amounts);
  });
});
