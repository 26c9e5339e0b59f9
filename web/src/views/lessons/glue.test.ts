import { expect, it } from 'vitest';
import { between, closingAfter, openingBefore } from './glue.ts';

const text = (words: string) => ({ is: 'text', text: words }) as const;
const code = { is: 'code', text: 'bind' } as const;

it('what belongs to code goes with it, and nothing else', () => {
  expect(['. Then', ', and', ').', ' and', 'x', ''].map((words) => closingAfter(text(words)))).toEqual([
    '.',
    ',',
    ').',
    '',
    '',
    '',
  ]);
  expect(closingAfter(undefined)).toBe('');
  expect(closingAfter({ is: 'code', text: '.' })).toBe('');
  expect(openingBefore(text('Say ('))).toBe('(');
  expect(openingBefore(text('Say '))).toBe('');
});

it('text beside it is without that, and otherwise as it was', () => {
  expect(between(code, '), then (', code)).toBe(' then ');
  expect(between(undefined, ') then (', undefined)).toBe(') then (');
  expect(between(text('a'), '. b (', text('c'))).toBe('. b (');
  expect(between(code, ')', code)).toBe('');
});
