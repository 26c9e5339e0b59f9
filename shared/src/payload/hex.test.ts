import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from './hex.ts';

const bytesOf = (text: string) => {
  const read = parseHex(text);
  return read.ok ? formatHex(read.bytes) : read.wrong;
};

describe('parseHex', () => {
  it.each([
    ['', ''],
    [' \n', ''],
    ['48656C', '48 65 6c'],
    ['48 65,6c:6c-6f;0a', '48 65 6c 6c 6f 0a'],
    ['0x48 0X65, 0x6c', '48 65 6c'],
    ['0x48656c', '48 65 6c'],
    ['10 0x20', '10 20'],
    ['4865\r\n6c6c\n', '48 65 6c 6c'],
  ])('%j is %s', (text, hex) => {
    expect(bytesOf(text)).toBe(hex);
  });

  it.each([
    ['4g', '"g" at character 2 is not a hex digit.'],
    ['0xde, ad:beez 01', '"z" at character 13 is not a hex digit.'],
    ['4😀', '"😀" at character 2 is not a hex digit.'],
    ['😀', '"😀" at character 1 is not a hex digit.'],
    ['48 zz', '"z" at character 4 is not a hex digit.'],
    ['486', '"6" at character 3 is half a byte: every byte takes two hex digits.'],
    ['4 8', '"4" at character 1 is half a byte: every byte takes two hex digits.'],
    ['0x1 0x2', '"1" at character 3 is half a byte: every byte takes two hex digits.'],
    ['100x20', '"0" at character 3 is half a byte: every byte takes two hex digits.'],
    ['10x012', '"x" at character 3 is not a hex digit.'],
    ['0x', 'The end comes where two hex digits should.'],
    ['0x0x10', '"0" at character 3 is half a byte: every byte takes two hex digits.'],
    ['12\u0007', String.raw`"\x07" at character 3 is not a hex digit.`],
  ])('refuses %j', (text, wrong) => {
    expect(bytesOf(text)).toBe(wrong);
  });

  it('undoes formatHex with any separator', () => {
    const separator = fc.constantFrom('', ' ', ', ', ':', '-', '\n', ' 0x', ',0x');
    fc.assert(
      fc.property(fc.uint8Array(), separator, (bytes, between) => {
        expect(parseHex(formatHex(bytes, between))).toEqual({ ok: true, bytes });
      }),
    );
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0x1aFg ,:\n😀')) }), (text) => {
        const read = parseHex(text);
        if (!read.ok) expect(read.at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
