import { describe, expect, it } from 'vitest';
import { hostText } from './host.ts';

const bytesOf = (...groups: number[]) =>
  Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));

describe('an address', () => {
  it('of four bytes is four numbers', () => {
    expect(hostText(Uint8Array.of(127, 0, 0, 1))).toBe('127.0.0.1');
  });

  it.each([
    [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
    [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
    [[0xfe80, 0, 0, 0, 0, 0, 0, 0], 'fe80::'],
    [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
    [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 0], '2001:db8:0:0:1::'],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
    [[1, 2, 3, 4, 5, 6, 7, 0xffff], '1:2:3:4:5:6:7:ffff'],
  ])('of sixteen is written as RFC 5952 does: %j', (groups, text) => {
    expect(hostText(bytesOf(...groups))).toBe(text);
  });
});
