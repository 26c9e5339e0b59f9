import { describe, expect, it } from 'vitest';
import type { Field } from '@socket-playground/shared/dissect/dissector.ts';
import { branchesOf, innermost, moveBy, withOpen } from './tree.ts';

const leaf = (name: string, from: number, to: number): Field => ({ name, value: '', from, to, fields: [] });
const fields: readonly Field[] = [
  {
    ...leaf('Record', 0, 10),
    fields: [{ ...leaf('Hello', 2, 8), fields: [{ ...leaf('Names', 4, 8), fields: [leaf('Name', 5, 7)] }] }],
  },
  leaf('Rest', 10, 12),
];
const none: ReadonlySet<string> = new Set();
const branches = branchesOf(fields, none);
const names = (toggled = none) => branchesOf(fields, toggled).map(({ field }) => field.name);

describe('the tree of fields', () => {
  it('is open to its second level, and as it was toggled', () => {
    expect(names()).toEqual(['Record', 'Hello', 'Names', 'Rest']);
    expect(names(new Set(['/Record']))).toEqual(['Record', 'Rest']);
    expect(names(new Set(['/Record/Hello/Names']))).toContain('Name');
  });

  it('finds the innermost field of bytes, and opens what is above it', () => {
    expect(innermost(fields, { start: 5, end: 6 })).toBe('0/0/0/0');
    expect(innermost(fields, { start: 3, end: 6 })).toBe('0/0');
    expect(innermost(fields, { start: 9, end: 11 })).toBeNull();
    expect(names(withOpen(fields, '0/0/0/0', new Set(['/Record'])))).toContain('Name');
  });

  it.each([
    ['ArrowDown', null, 'select 0'],
    ['ArrowDown', '0', 'select 0/0'],
    ['ArrowUp', '0', 'select 0'],
    ['End', '0', 'select 1'],
    ['Home', '1', 'select 0'],
    ['ArrowLeft', '0/0', 'toggle 0/0'],
    ['ArrowLeft', '0/0/0', 'select 0/0'],
    ['ArrowRight', '0', 'select 0/0'],
    ['ArrowRight', '0/0/0', 'toggle 0/0/0'],
    ['x', '0', undefined],
    ['x', null, undefined],
  ])('%s at %s: %s', (key, at, does) => {
    const move = moveBy(key, branches, at);
    expect(move === null ? undefined : `${move.is} ${move.branch.id}`).toBe(does);
  });
});
