import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBase64, parseBase64 } from './base64.ts';
import { encodeUtf8 } from './utf8.ts';

describe('base64', () => {
  // RFC 4648 §10
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('%j is %j', (text, base64) => {
    expect(formatBase64(encodeUtf8(text))).toBe(base64);
    expect(parseBase64(base64)).toEqual({ ok: true, bytes: encodeUtf8(text) });
  });

  it.each([
    ['Zg', 2, 'The end comes too early: base64 is groups of 4 digits, filled up with "=".'],
    ['=', 1, 'The end comes too early: base64 is groups of 4 digits, filled up with "=".'],
    ['Zm9v\n', 4, String.raw`"\n" at character 5 is not a base64 digit (RFC 4648 §4).`],
    ['Zm-v', 2, '"-" at character 3 is not a base64 digit (RFC 4648 §4).'],
    ['Z===', 1, '"=" at character 2 is not a base64 digit (RFC 4648 §4).'],
    ['Zg==Zg==', 2, '"=" at character 3 is not a base64 digit (RFC 4648 §4).'],
  ])('refuses %j', (text, at, wrong) => {
    expect(parseBase64(text)).toEqual({ ok: false, at, wrong });
  });

  it('round trips, also beyond one slice', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseBase64(formatBase64(bytes))).toEqual({ ok: true, bytes });
      }),
    );
    const long = Uint8Array.from({ length: 100_001 }, (_, index) => index % 251);
    expect(parseBase64(formatBase64(long))).toEqual({ ok: true, bytes: long });
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('Az+/=é ')) }), (text) => {
        expect(() => parseBase64(text)).not.toThrow();
      }),
    );
  });
});
