import { describe, expect, it } from 'vitest';
import { shuffled } from './shuffle.ts';

const items = ['socket', 'bind', 'listen', 'accept', 'recv'];

describe('what is shuffled', () => {
  it('has the same items, in the same order for the same seed', () => {
    expect([...shuffled(items, 'a')].sort()).toEqual([...items].sort());
    expect(shuffled(items, 'a')).toEqual(shuffled(items, 'a'));
    const orders = new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => shuffled(items, seed).join()));
    expect(orders.size).toBeGreaterThan(1);
  });

  it('is never as it was: the answer would stand there', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      expect(shuffled(['first', 'second'], String(seed))).toEqual(['second', 'first']);
    }
    expect(shuffled(['only'], 'a')).toEqual(['only']);
  });
});
