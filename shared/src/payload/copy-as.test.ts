import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyForms } from './copy-as.ts';
import { dumpLines, formatDump, formatOffset } from './hexdump.ts';
import { parseHex } from './hex.ts';
import { encodeUtf8 } from './utf8.ts';

const note = encodeUtf8('{"device":"otter-7","temp_c":21.4,"note":"déjà vu"}\n');

describe('copy as', () => {
  // repr() of the same bytes in Python 3.11
  it.each([
    ['', "b''"],
    ["it's", `b"it's"`],
    [`both ' and "`, String.raw`b'both \' and "'`],
    ['a\\b\t\r\n\0\u007f', String.raw`b'a\\b\t\r\n\x00\x7f'`],
    ['é', String.raw`b'\xc3\xa9'`],
  ])('Python: %j', (text, literal) => {
    expect(copyForms.Python(encodeUtf8(text))).toBe(literal);
  });

  it('C', () => {
    expect(copyForms.C(encodeUtf8('hi\n'))).toBe(
      'const unsigned char data[3] = {\n  0x68, 0x69, 0x0a,\n};\n',
    );
    expect(copyForms.C(Uint8Array.of())).toBe('const unsigned char data[1] = {0}; /* 0 bytes */\n');
  });

  it('every number of a C array is a byte, in order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const numbers = copyForms.C(bytes).match(/0x[0-9a-f]{2}/g) ?? [];
        expect(numbers.map(Number)).toEqual(Array.from(bytes));
      }),
    );
  });

  it('every form takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom(...Object.values(copyForms)), (bytes, format) => {
        expect(format(bytes)).toBeTypeOf('string');
      }),
    );
  });
});

describe('hex dump', () => {
  it('shows offset, two groups of 8, and ASCII', () => {
    expect(formatDump(note)).toBe(
      [
        '0000  7b 22 64 65 76 69 63 65  22 3a 22 6f 74 74 65 72  {"device":"otter\n',
        '0010  2d 37 22 2c 22 74 65 6d  70 5f 63 22 3a 32 31 2e  -7","temp_c":21.\n',
        '0020  34 2c 22 6e 6f 74 65 22  3a 22 64 c3 a9 6a c3 a0  4,"note":"d..j..\n',
        '0030  20 76 75 22 7d 0a                                  vu"}.\n',
      ].join(''),
    );
    expect(formatDump(Uint8Array.of())).toBe('');
  });

  it('widens offsets when the bytes need it', () => {
    expect(formatOffset(16, 0x10000)).toBe('0010');
    expect(formatOffset(16, 0x10001)).toBe('00010');
  });

  it('holds every byte once, in order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(8, 16), (bytes, perLine) => {
        const lines = dumpLines(bytes, perLine);
        expect(parseHex(lines.map((line) => line.hex).join(' '))).toEqual({ ok: true, bytes });
        expect(lines.map((line) => line.ascii).join('')).toHaveLength(bytes.length);
        expect(lines.map((line) => line.offset)).toEqual(lines.map((_, index) => index * perLine));
      }),
    );
  });
});
