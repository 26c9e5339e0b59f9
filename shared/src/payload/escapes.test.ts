import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedRuns, formatEscapes, parseEscapes } from './escapes.ts';
import { encodeUtf8 } from './utf8.ts';
import { hasUnsafe } from './visible.ts';

const bytesOf = (text: string) => {
  const read = parseEscapes(text);
  return read.ok ? Array.from(read.bytes) : read;
};

describe('parseEscapes', () => {
  it.each([
    ['', []],
    ['hi', [0x68, 0x69]],
    [String.raw`a\r\n`, [0x61, 0x0d, 0x0a]],
    [String.raw`\t\0\\`, [0x09, 0x00, 0x5c]],
    [String.raw`\x00\xfF`, [0x00, 0xff]],
    [String.raw`\012`, [0x00, 0x31, 0x32]],
    [String.raw`\\n`, [0x5c, 0x6e]],
    ['é\n', [0xc3, 0xa9, 0x0a]],
    [String.raw`é\xe9`, [0xc3, 0xa9, 0xe9]],
  ])('%j is %j', (text, bytes) => {
    expect(bytesOf(text)).toEqual(bytes);
  });

  it.each([
    [String.raw`ab\q`, 2, String.raw`"\q" at character 3 is no escape; there are \n \r \t \0 \xNN and \\.`],
    [String.raw`ab\xg1`, 2, String.raw`"\x" at character 3 needs two hex digits after it, as in \x0a.`],
    [String.raw`\x4`, 0, String.raw`"\x" at character 1 needs two hex digits after it, as in \x0a.`],
    [
      String.raw`end\ `.trim(),
      3,
      String.raw`"\" at character 4 begins an escape that does not end; write \\ for one backslash.`,
    ],
    [String.raw`\😀`, 0, String.raw`"\😀" at character 1 is no escape; there are \n \r \t \0 \xNN and \\.`],
    ['a\ud800b', 1, String.raw`"\ud800" at character 2 is half a character (a lone surrogate).`],
    ['\\\u202e', 0, String.raw`"\\u202e" at character 1 is no escape; there are \n \r \t \0 \xNN and \\.`],
  ])('refuses %j at %i', (text, at, wrong) => {
    expect(parseEscapes(text)).toEqual({ ok: false, at, wrong });
  });

  it('never throws, and says where', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseEscapes(text);
        if (!read.ok) expect(read.at).toBeLessThan(text.length);
      }),
    );
  });
});

describe('formatEscapes', () => {
  it('takes no letters from bytes that are no text as a whole', () => {
    expect(formatEscapes(Uint8Array.of(0xde, 0xad, 0xbe, 0xef))).toBe(String.raw`\xde\xad\xbe\xef`);
    expect(formatEscapes(Uint8Array.of(0xc3, 0xa9, 0x61, 0xc3))).toBe(String.raw`éa\xc3`);
  });

  it.each([
    [[], ''],
    [[0x61, 0x0a, 0x5c], String.raw`a\n\\`],
    [[0xc3, 0xa9], 'é'],
    [[0xc3], String.raw`\xc3`],
    [[0xed, 0xa0, 0x80], String.raw`\xed\xa0\x80`],
    [[0xc0, 0x80], String.raw`\xc0\x80`],
    [[0xf4, 0x90, 0x80, 0x80], String.raw`\xf4\x90\x80\x80`],
    [[0x1b, 0x5b, 0x32, 0x4a], String.raw`\x1b[2J`],
    [[0xc2, 0x85], String.raw`\xc2\x85`],
    [[0xe2, 0x80, 0xae], String.raw`\xe2\x80\xae`],
    [[0xe2, 0x80, 0xa8], String.raw`\xe2\x80\xa8`],
    [[0xef, 0xbb, 0xbf], String.raw`\xef\xbb\xbf`],
    [[0x7f], String.raw`\x7f`],
  ])('%j is %j', (bytes, text) => {
    expect(formatEscapes(Uint8Array.from(bytes))).toBe(text);
  });

  it('is undone by parseEscapes, and shows nothing unsafe', () => {
    const anyBytes = fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }).map(encodeUtf8));
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const text = formatEscapes(bytes);
        expect(bytesOf(text)).toEqual(Array.from(bytes));
        expect(hasUnsafe(text)).toBe(false);
      }),
    );
  });

  it('writes out what is too much on one character, and begins to count again behind it', () => {
    const marks = (count: number) => '\u0301'.repeat(count);
    const bytes = encodeUtf8(`e${marks(31)}e${marks(30)}ü${marks(1)}`);
    expect(formatEscapes(bytes)).toBe(`e${marks(30)}\\xcc\\x81e${marks(30)}ü${marks(1)}`);
    expect(hasUnsafe(formatEscapes(bytes))).toBe(false);
  });

  it('tells text from escapes', () => {
    expect([...escapedRuns(encodeUtf8('hi\nü'))]).toEqual([
      { text: 'hi', escaped: false },
      { text: String.raw`\n`, escaped: true },
      { text: 'ü', escaped: false },
    ]);
  });
});
