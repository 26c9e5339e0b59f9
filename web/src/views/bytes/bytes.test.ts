import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { byteAtHexColumn, cursorAfter, hexColumns } from './cursor.ts';
import { shownLine } from './dump.ts';
import { looksLike, selectedFacts } from './facts.ts';

const note = encodeUtf8('{"device":"otter-7","temp_c":21.4,"note":"déjà vu"}\n');

describe('selected bytes', () => {
  it('that are one character say which', () => {
    const facts = selectedFacts(note, { start: 43, end: 45 });
    expect(facts).toEqual({
      hex: 'c3 a9',
      place: 'at 43, 2 bytes',
      character: 'UTF-8 “é” U+00E9',
      integers: [
        { name: 'little endian', value: '43459 or -22077' },
        { name: 'big endian', value: '50089 or -15447' },
      ],
    });
  });

  it('are integers where they are 1, 2, 4 or 8', () => {
    const data = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0xff);
    expect(selectedFacts(data, { start: 0, end: 1 }).integers).toEqual([{ name: 'integer', value: '1' }]);
    expect(selectedFacts(data, { start: 0, end: 3 }).integers).toEqual([]);
    expect(selectedFacts(data, { start: 0, end: 8 }).integers[0]?.value).toBe(
      '18374686479671623681 or -72057594037927935',
    );
  });

  it('never show a character that could act on the page', () => {
    expect(selectedFacts(Uint8Array.of(0xe2, 0x80, 0xae), { start: 0, end: 3 }).character).toBe('U+202E');
  });
});

describe('a payload looks like', () => {
  it.each([
    [note, 'one line of JSON, UTF-8, ends with LF'],
    [
      encodeUtf8('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      '3 lines of text that begins as an HTTP request, ASCII, ends with CR LF',
    ],
    [encodeUtf8('hi'), 'one line of text, ASCII, without a line end'],
    [encodeUtf8('{not json}'), 'one line of text, ASCII, without a line end'],
    [Uint8Array.of(0xff, 0xfe), null],
    [Uint8Array.of(0x1b, 0x5b), null],
    [Uint8Array.of(), null],
  ])('%o: %s', (data, words) => {
    expect(looksLike(data)).toBe(words);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (data) => void looksLike(data)));
  });
});

describe('the dump', () => {
  it('marks the same bytes in hex and in text', () => {
    const line = shownLine(note, 2, 16, { start: 43, end: 45 });
    expect(line.hex).toEqual(['34 2c 22 6e 6f 74 65 22  3a 22 64 ', 'c3 a9', ' 6a c3 a0']);
    expect(line.ascii).toEqual(['4,"note":"d', '··', 'j··']);
  });

  it('finds every byte under both its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 1 }), (byte, digit) => {
        expect(byteAtHexColumn(hexColumns(byte, byte).start + digit, 16)).toBe(byte);
      }),
    );
  });

  it.each([
    ['ArrowRight', false, 5, 6],
    ['ArrowDown', false, 5, 21],
    ['ArrowDown', false, 39, 39],
    ['ArrowUp', false, 5, 5],
    ['Home', false, 21, 16],
    ['End', false, 17, 31],
    ['End', true, 17, 39],
    ['Home', true, 17, 0],
    ['PageDown', false, 5, 37],
    ['PageDown', false, 35, 39],
    ['a', false, 5, null],
  ])('%s (Ctrl: %s) from %i goes to %s', (key, ctrl, from, to) => {
    expect(cursorAfter(key, ctrl, from, { length: 40, perLine: 16, page: 2 })).toBe(to);
  });
});
