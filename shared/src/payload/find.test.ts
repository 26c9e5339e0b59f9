import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from './utf8.ts';
import { indexOfBytes } from './find.ts';

const letters = fc.array(fc.constantFrom(...encodeUtf8('aAbBzZ@[`{1')), { maxLength: 24 });
const latin = (bytes: readonly number[]) => String.fromCharCode(...bytes);

describe('looking for bytes', () => {
  it('finds the first place a plain search finds', () => {
    fc.assert(
      fc.property(letters, letters, (bytes, part) => {
        const found = indexOfBytes(Uint8Array.from(bytes), Uint8Array.from(part));
        expect(found).toBe(latin(bytes).indexOf(latin(part)));
      }),
    );
  });

  it('in any case finds what a search in lower case finds', () => {
    fc.assert(
      fc.property(letters, letters, (bytes, part) => {
        const found = indexOfBytes(Uint8Array.from(bytes), Uint8Array.from(part), true);
        expect(found).toBe(latin(bytes).toLowerCase().indexOf(latin(part).toLowerCase()));
      }),
    );
  });

  it.each([false, true])(
    'finds the same where bytes and part repeat themselves (in any case: %s)',
    (anyCase) => {
      const folded = (text: string) => (anyCase ? text.toLowerCase() : text);
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 6 }),
          fc.nat(400),
          (runs, run) => {
            const bytes = runs.map((length) => 'a'.repeat(length)).join('A');
            for (const part of [
              `${'a'.repeat(run)}Aaa`,
              `a${'A'.repeat(run % 3)}${'a'.repeat(run)}b`,
              'aAa',
            ]) {
              const found = indexOfBytes(encodeUtf8(bytes), encodeUtf8(part), anyCase);
              expect(found).toBe(folded(bytes).indexOf(folded(part)));
            }
          },
        ),
      );
    },
  );

  it('takes time in proportion to the bytes, however long the part is', () => {
    const bytes = new Uint8Array(2 ** 22);
    const part = new Uint8Array(4_096);
    part.fill(1, -1);
    for (const anyCase of [false, true]) {
      expect(indexOfBytes(bytes, part, anyCase)).toBe(-1);
      expect(indexOfBytes(Uint8Array.of(...bytes.subarray(0, 9_000), 1), part, anyCase)).toBe(9_001 - 4_096);
    }
  });

  it('does not fold bytes beyond ASCII', () => {
    expect(indexOfBytes(Uint8Array.of(0xc4), Uint8Array.of(0xe4), true)).toBe(-1);
  });
});
