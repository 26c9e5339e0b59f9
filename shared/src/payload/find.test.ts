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

  it('does not fold bytes beyond ASCII', () => {
    expect(indexOfBytes(Uint8Array.of(0xc4), Uint8Array.of(0xe4), true)).toBe(-1);
  });
});
