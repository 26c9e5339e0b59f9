import { expect, it } from 'vitest';
import { glueAfter, glueBefore } from './glue.ts';

const text = (words: string) => ({ is: 'text', text: words }) as const;

it('keeps what belongs to code beside it, and nothing else', () => {
  expect(['. Then', ', and', ')'].map((words) => glueBefore(text(words)).length)).toEqual([1, 1, 1]);
  expect([' and', 'x', ''].map((words) => glueBefore(text(words)))).toEqual(['', '', '']);
  expect(glueBefore(undefined)).toBe('');
  expect(glueBefore({ is: 'code', text: '.' })).toBe('');
  expect(glueAfter(text('Say ('))).toHaveLength(1);
  expect(glueAfter(text('Say '))).toBe('');
});
