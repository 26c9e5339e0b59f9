import { expect, test } from 'vitest';
import { linesOf } from './code-lines.ts';

test('lines keep their blanks and say how many they begin with', () => {
  expect(linesOf('with s:\n\n    read()\n')).toEqual([
    { text: 'with s:', indent: 0 },
    { text: '', indent: 0 },
    { text: '    read()', indent: 4 },
  ]);
});
