import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasUnsafe, visible } from './visible.ts';

it.each([
  ['plain <script> é 😀', 'plain <script> é 😀'],
  ['a\nb\r\t\0', String.raw`a\nb\r\t\0`],
  ['\u001b[2J\u007f', String.raw`\x1b[2J\x7f`],
  ['\u0085\u009b', String.raw`\u0085\u009b`],
  ['\u202ebad\u2066\u200f\u061c', String.raw`\u202ebad\u2066\u200f\u061c`],
  ['\u2028\u2029', String.raw`\u2028\u2029`],
  ['\ufeff\u200b', String.raw`\ufeff\u200b`],
  ['\u{e0041}', String.raw`\u{e0041}`],
  ['\ud800x', String.raw`\ud800x`],
  ['👩\u200d👧', '👩\u200d👧'],
  [`e${'\u0301'.repeat(32)}e\u0301`, `e${'\u0301'.repeat(30)}\\u0301\\u0301e\u0301`],
  ['🏽'.repeat(31), `${'🏽'.repeat(30)}\\u{1f3fd}`],
  [`ก${'\u0e33\u200d'.repeat(16)}`, `ก${'\u0e33\u200d'.repeat(15)}\\u0e33\\u200d`],
])('shows %j as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

it('leaves nothing unsafe in any text, and is done in one go', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      expect(hasUnsafe(shown)).toBe(false);
      expect(visible(shown)).toBe(shown);
    }),
  );
});
