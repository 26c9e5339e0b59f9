import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../payload/utf8.ts';
import { parseEscapes } from '../payload/escapes.ts';
import { oddRanges } from './odd.ts';

function oddOf(text: string) {
  const parsed = parseEscapes(text);
  const bytes = parsed.ok ? parsed.bytes : encodeUtf8('');
  return oddRanges(bytes, { from: 0, to: bytes.length });
}

describe('bytes that break a text', () => {
  it.each([
    ['temp 21.4', []],
    [String.raw`tab\tand\r\n`, []],
    ['déjà vu', []],
    [String.raw`temp\xff9.2\n`, [{ from: 4, to: 5 }]],
    [String.raw`a long line with \x00\x1b in it\n`, [{ from: 17, to: 19 }]],
    [String.raw`half of a character: \xc3`, [{ from: 21, to: 22 }]],
  ])('in %s', (text, ranges) => {
    expect(oddOf(text)).toEqual(ranges);
  });

  it('of what is no text nothing is odd', () => {
    expect(oddOf(String.raw`\x16\x03\x01\x00\xff`)).toEqual([]);
    expect(oddOf('')).toEqual([]);
  });

  it('places are those of the whole', () => {
    const bytes = Uint8Array.of(0xff, 0x61, 0x62, 0x63, 0xfe, 0x64);
    expect(oddRanges(bytes, { from: 1, to: 6 })).toEqual([{ from: 4, to: 5 }]);
  });
});
