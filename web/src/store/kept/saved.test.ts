import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { savedFilters } from './saved-filters.ts';
import { snippets } from './snippets.ts';

function memory(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

function raise(error: Error): never {
  throw error;
}

describe('saved filters', () => {
  it('are there again, by name, and one replaces another of its name', () => {
    const storage = memory();
    const saved = savedFilters(storage);
    saved.save({ name: 'mine', filter: '#3' });
    saved.save({ name: 'errors', filter: 'failed or reset' });
    saved.save({ name: 'mine', filter: '#4' });
    const again = savedFilters(storage);
    expect(again.all).toEqual([
      { name: 'errors', filter: 'failed or reset' },
      { name: 'mine', filter: '#4' },
    ]);
    const nameOf = (asked: string) => again.nameOf(({ filter }) => filter === asked);
    expect([nameOf('#4'), nameOf('#3')]).toEqual(['mine', null]);
  });

  it('have short names on one line, and are not kept without one', () => {
    const saved = savedFilters(memory());
    saved.save({ name: ' a\n b ', filter: '#1' });
    expect(saved.save({ name: ' ', filter: '#2' })).toBe(false);
    saved.save({ name: 'x'.repeat(500), filter: '#3' });
    expect(saved.all.map(({ name }) => name)).toEqual(['a b', 'x'.repeat(limits.nameCharacters)]);
  });

  it('are so many and no more, also of those that are changed', () => {
    const saved = savedFilters(memory());
    for (let n = 0; n < limits.saved; n += 1) expect(saved.save({ name: `f ${n}`, filter: 'x' })).toBe(true);
    expect(saved.isFull).toBe(true);
    expect(saved.save({ name: 'one more', filter: 'x' })).toBe(false);
    expect(saved.save({ name: 'f 1', filter: 'y' })).toBe(true);
    saved.remove('f 0');
    expect(saved.save({ name: 'one more', filter: 'x' })).toBe(true);
    expect(saved.all).toHaveLength(limits.saved);
  });

  it('are not said to be kept where the browser has no room', () => {
    const full = { getItem: () => null, setItem: () => raise(new DOMException('', 'QuotaExceededError')) };
    const saved = savedFilters(full);
    expect([saved.save({ name: 'mine', filter: '#1' }), saved.all]).toEqual([false, []]);
  });

  it('of another tab are kept', () => {
    const storage = memory();
    const [here, there] = [savedFilters(storage), savedFilters(storage)];
    there.save({ name: 'theirs', filter: '#1' });
    here.save({ name: 'ours', filter: '#2' });
    there.refresh();
    expect(there.all.map(({ name }) => name)).toEqual(['ours', 'theirs']);
  });

  it('survive whatever stands in the storage', () => {
    const value = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constant('[{"name":"a","filter":"b"},{"name":"a","filter":"c"},null]'),
    );
    fc.assert(
      fc.property(value, (text) => {
        const saved = savedFilters(memory(text));
        expect(new Set(saved.all.map(({ name }) => name)).size).toBe(saved.all.length);
        expect(saved.save({ name: 'new', filter: 'x' })).toBe(true);
      }),
    );
  });
});

describe('snippets', () => {
  it('are there again as they were written, and beside the filters', () => {
    const storage = new Map<string, string>();
    const kept = {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
    };
    const hello = { name: 'hello', mode: 'hex', text: '48 65', append: 'crlf' } as const;
    snippets(kept).save(hello);
    savedFilters(kept).save({ name: 'hello', filter: '#1' });
    expect(snippets(kept).all).toEqual([hello]);
    expect(savedFilters(kept).all).toEqual([{ name: 'hello', filter: '#1' }]);
  });

  it('of another version are left out, one by one', () => {
    const right = { name: 'right', mode: 'text', text: 'x', append: 'none' };
    const wrong = [
      { ...right, name: 'how', mode: 'octal' },
      { ...right, name: 'end', append: 'cr' },
      { ...right, name: 'empty', text: '' },
      { ...right, name: 'long', text: 'x'.repeat(limits.snippetCharacters + 1) },
    ];
    expect(snippets(memory(JSON.stringify([...wrong, right]))).all).toEqual([right]);
  });
});
