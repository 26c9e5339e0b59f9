import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, decodeUtf8Strictly, encodeUtf8, isUtf8Piece, parseUtf8, utf8LengthAt } from './utf8.ts';

/** Whether the length table accepts exactly these bytes as a sequence of characters. */
function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const length = utf8LengthAt(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

describe('utf8', () => {
  it('round trips every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeUtf8Strictly(encodeUtf8(text))).toBe(text);
        expect(parseUtf8(text)).toEqual({ ok: true, bytes: encodeUtf8(text) });
      }),
    );
  });

  it('keeps a byte order mark', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe('\ufeff');
  });

  it('refuses half a surrogate pair, and takes a whole one', () => {
    expect(parseUtf8('ab\udc00')).toMatchObject({ ok: false, at: 2 });
    expect(parseUtf8('😀').ok).toBe(true);
  });

  it('says the same of what is UTF-8 as the decoder', () => {
    const nearUtf8 = fc.array(
      fc.constantFrom(
        0x41,
        0x7f,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc0,
        0xc2,
        0xdf,
        0xe0,
        0xe1,
        0xed,
        0xef,
        0xf0,
        0xf1,
        0xf4,
        0xf5,
        0xff,
      ),
    );
    fc.assert(
      fc.property(nearUtf8, (numbers) => {
        const bytes = Uint8Array.from(numbers);
        expect(isUtf8(bytes)).toBe(decodeUtf8Strictly(bytes) !== null);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a piece of UTF-8', () => {
  it('is any cut out of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (text, start, size) => {
        const bytes = encodeUtf8(text);
        expect(isUtf8Piece(bytes.subarray(start, start + size))).toBe(true);
      }),
    );
  });

  it.each([
    [[0xde, 0xad, 0xbe, 0xef]],
    [[0x61, 0xff]],
    [[0xc3, 0x28]],
    [[0x80, 0x80, 0x80, 0x80]],
    [[0x61, 0xe2, 0x28]],
    [[0xc0]],
  ])('is not %j', (bytes) => expect(isUtf8Piece(Uint8Array.from(bytes))).toBe(false));
});
