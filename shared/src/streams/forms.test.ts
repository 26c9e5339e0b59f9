import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEscapes } from '../payload/escapes.ts';
import { decodeUtf8, encodeUtf8 } from '../payload/utf8.ts';
import { characterStart, copyOf, shownRuns, wholeCharacters } from './forms.ts';
import type { StreamForm } from './forms.ts';
import type { ByteRange } from './join.ts';

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);
const shown = (form: StreamForm, bytes: Uint8Array) =>
  shownRuns(form, bytes)
    .map(({ text }) => text)
    .join('');

function textOfPart(bytes: Uint8Array, part: ByteRange): string {
  const { from, to } = wholeCharacters(bytes, part, { from: 0, to: bytes.length });
  return decodeUtf8(bytes.subarray(from, to));
}

describe('bytes of a stream as text', () => {
  it.each([
    ['utf8', String.raw`é\n\x1b`],
    ['latin1', String.raw`Ã©\n\x1b`],
    ['hex', 'c3 a9 0a 1b'],
    ['escaped', String.raw`\xc3\xa9\n\x1b`],
    ['python', String.raw`\xc3\xa9\n\x1b`],
  ] as const)('%s', (form, text) => {
    expect(shown(form, bytesOf(0xc3, 0xa9, 0x0a, 0x1b))).toBe(text);
  });

  it('tells what is written out from what is text', () => {
    expect(shownRuns('utf8', encodeUtf8('ok\r\n'))).toEqual([
      { text: 'ok', escaped: false },
      { text: String.raw`\r\n`, escaped: true },
    ]);
  });

  it('copies text as it is', () => {
    expect(copyOf.utf8(encodeUtf8('dé\n'))).toBe('dé\n');
    expect(copyOf.latin1(bytesOf(0xe9))).toBe('é');
  });

  it('what is escaped is taken back by the composer', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseEscapes(copyOf.escaped(bytes))).toEqual({ ok: true, bytes });
      }),
    );
  });

  it('shows a character in the piece where it ends', () => {
    const euro = encodeUtf8('a€b');
    expect(characterStart(euro, 3)).toBe(1);
    expect(textOfPart(euro, { from: 0, to: 3 })).toBe('a');
    expect(textOfPart(euro, { from: 3, to: 5 })).toBe('€b');
  });

  it('a stream that ends within a character says so', () => {
    expect(textOfPart(bytesOf(0x61, 0xe2, 0x82), { from: 0, to: 3 })).toBe('a\ufffd');
  });

  /** Text, text that is damaged, and anything. */
  const stream = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => encodeUtf8(text)),
    fc
      .array(fc.constantFrom(0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f), { maxLength: 60 })
      .map((all) => Uint8Array.from(all)),
    fc.uint8Array({ maxLength: 60 }),
  );

  it('the texts of all pieces are the text of the whole, wherever it was cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(60)), (bytes, cuts) => {
        const places = [
          0,
          ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b),
          bytes.length,
        ];
        const texts = places.slice(1).map((to, index) => {
          return textOfPart(bytes, { from: places[index] ?? 0, to });
        });
        expect(texts.join('')).toBe(decodeUtf8(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

it('writes out what is too much on one character', () => {
  const shown = shownRuns('utf8', encodeUtf8(`e${'\u0301'.repeat(32)}\na`));
  expect(shown).toEqual([
    { text: `e${'\u0301'.repeat(30)}`, escaped: false },
    { text: String.raw`\u0301\u0301\n`, escaped: true },
    { text: 'a', escaped: false },
  ]);
});
