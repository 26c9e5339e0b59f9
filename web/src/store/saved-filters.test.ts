import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { SavedFilters } from './saved-filters.svelte.ts';

function memory(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

describe('saved filters', () => {
  it('are there again, by name, and one replaces another of its name', () => {
    const storage = memory();
    const saved = new SavedFilters(storage);
    saved.save('mine', '#3');
    saved.save('errors', 'failed or reset');
    saved.save('mine', '#4');
    const again = new SavedFilters(storage);
    expect(again.all).toEqual([
      { name: 'errors', filter: 'failed or reset' },
      { name: 'mine', filter: '#4' },
    ]);
    expect([again.nameOf('#4'), again.nameOf('#3')]).toEqual(['mine', null]);
  });

  it('have short names on one line, and without one that of what they ask', () => {
    const saved = new SavedFilters(memory());
    saved.save(' a\n b ', '#1');
    saved.save('', '#2');
    saved.save('x'.repeat(500), '#3');
    expect(saved.all.map(({ name }) => name)).toEqual(['#2', 'a b', 'x'.repeat(limits.filterNameCharacters)]);
  });

  it('are so many and no more, also of those that are changed', () => {
    const saved = new SavedFilters(memory());
    for (let n = 0; n < limits.savedFilters; n += 1) expect(saved.save(`f ${n}`, 'x')).toBe(true);
    expect(saved.isFull).toBe(true);
    expect(saved.save('one more', 'x')).toBe(false);
    expect(saved.save('f 1', 'y')).toBe(true);
    saved.remove('f 0');
    expect(saved.save('one more', 'x')).toBe(true);
    expect(saved.all).toHaveLength(limits.savedFilters);
  });

  it('of another tab are kept', () => {
    const storage = memory();
    const [here, there] = [new SavedFilters(storage), new SavedFilters(storage)];
    there.save('theirs', '#1');
    here.save('ours', '#2');
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
        const saved = new SavedFilters(memory(text));
        expect(new Set(saved.all.map(({ name }) => name)).size).toBe(saved.all.length);
        expect(saved.save('new', 'x')).toBe(true);
      }),
    );
  });
});
