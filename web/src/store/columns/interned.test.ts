import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Interned } from './interned.ts';

/** Different objects may say the same: the key is what they say. */
interface Said {
  readonly says: number;
}
const keyOf = ({ says }: Said) => says;

/** A few objects, asked for again and again, several of them with the same key. */
const asked = fc
  .array(
    fc.integer({ min: 0, max: 4 }).map((says): Said => ({ says })),
    { minLength: 1, maxLength: 8 },
  )
  .chain((values) => fc.array(fc.constantFrom(...values)));

describe('a table of few values', () => {
  it('numbers them as they come, by their keys, however they are asked for', () => {
    fc.assert(
      fc.property(asked, (values) => {
        const table = new Interned(keyOf);
        const model: number[] = [];
        for (const value of values) {
          if (!model.includes(value.says)) model.push(value.says);
          expect(table.number(value)).toBe(model.indexOf(value.says));
          expect(table.values.map(keyOf)).toEqual(model);
        }
      }),
    );
  });

  it('keeps the first value of a key', () => {
    const table = new Interned(keyOf);
    const [first, same] = [{ says: 1 }, { says: 1 }];
    table.number(first);
    table.number(same);
    expect(table.values).toHaveLength(1);
    expect(table.values[0]).toBe(first);
  });

  it('makes no key for the value that was asked for last, and one for each that was not', () => {
    const keys = vi.fn(keyOf);
    const table = new Interned(keys);
    const [a, b] = [{ says: 1 }, { says: 2 }];
    expect([a, a, a].map((value) => table.number(value))).toEqual([0, 0, 0]);
    expect(keys).toHaveBeenCalledTimes(1);
    expect([b, b, a, a, b].map((value) => table.number(value))).toEqual([1, 1, 0, 0, 1]);
    expect(keys).toHaveBeenCalledTimes(4);
  });

  it('remembers the last value also when it stands under another of the same key', () => {
    const keys = vi.fn(keyOf);
    const table = new Interned(keys);
    table.number({ says: 1 });
    table.number({ says: 2 });
    const again = { says: 1 };
    expect([table.number(again), table.number(again)]).toEqual([0, 0]);
    expect(keys).toHaveBeenCalledTimes(3);
  });

  it('has its values still once it is sealed, and remembers nothing else of them', () => {
    const table = new Interned(keyOf);
    const [first, last] = [{ says: 1 }, { says: 2 }];
    for (const value of [first, last]) table.number(value);
    table.seal();
    expect(table.values).toEqual([first, last]);
    // Nobody asks by then: new numbers show that neither a value nor a key was kept.
    expect([table.number(last), table.number(first)]).toEqual([2, 3]);
  });
});
