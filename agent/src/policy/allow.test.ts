import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allows, parseAllow } from './allow.ts';

const ruleOf = (text: string) => {
  const rule = parseAllow(text);
  if (rule === null) throw new Error(`no rule: ${text}`);
  return rule;
};

test.each([
  ['192.168.1.0/24', '192.168.1.77', 1, true],
  ['192.168.1.0/24', '192.168.2.1', 1, false],
  ['192.168.1.77/24', '192.168.1.1', 1, true],
  ['10.0.0.5', '10.0.0.5', 65535, true],
  ['10.0.0.5', '10.0.0.6', 80, false],
  ['10.0.0.5:80', '10.0.0.5', 80, true],
  ['10.0.0.5:80', '10.0.0.5', 81, false],
  ['10.0.0.0/8:80,443', '10.9.9.9', 443, true],
  ['10.0.0.0/8:80,443', '10.9.9.9', 444, false],
  ['10.0.0.0/8:8000-9000', '10.9.9.9', 8000, true],
  ['10.0.0.0/8:8000-9000', '10.9.9.9', 9000, true],
  ['10.0.0.0/8:22,8000-9000', '10.9.9.9', 9001, false],
  ['0.0.0.0/0', '203.0.113.1', 1, true],
  ['0.0.0.0/0', 'fd00::1', 1, false],
  ['fd00::/8', 'fd12:3456::1', 1, true],
  ['fd00::/8', 'fe80::1', 1, false],
  ['fd00::/8:80', 'fd00::1', 80, true],
  ['fd00::/8:80', 'fd00::1', 81, false],
  ['fd00::1', 'fd00::1', 1, true],
  ['[fd00::1]', 'fd00:0:0::1', 1, true],
  ['[fd00::1]:80', 'fd00::1', 80, true],
  ['[fd00::1]:80', 'fd00::1', 443, false],
  ['[fd00::]/8:80', 'fd99::1', 80, true],
  ['fd00::80', 'fd00::', 80, false],
  ['::/0', '10.0.0.1', 1, false],
  ['10.0.0.0/8', '::ffff:10.0.0.1', 1, true],
  ['::ffff:10.0.0.1', '10.0.0.1', 1, true],
  ['10.0.0.0/8', 'not an address', 1, false],
  ['10.0.0.0/8', 'fd00::1%eth0', 1, false],
])('%s and %s port %i: %s', (text, host, port, expected) => {
  expect(allows(ruleOf(text), host, port)).toBe(expected);
});

test.each([
  '',
  ' ',
  'localhost',
  'example.com/24',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/x',
  '10.0.0.0/-1',
  '10.0.0/8',
  '10.0.0.256',
  '012.0.0.1',
  '0x0a.0.0.1',
  '10.0.0.1:',
  '10.0.0.1:0x50',
  '10.0.0.1:65536',
  '10.0.0.0/8:0',
  '10.0.0.1:0-80',
  '10.0.0.1:80,00',
  '10.0.0.1:80,',
  '10.0.0.1:80,,81',
  '10.0.0.1:9000-8000',
  '10.0.0.1:80-',
  '10.0.0.1: 80',
  '10.0.0.1:80:81',
  'fd00::/129',
  'fd00::1:80/x',
  '[fd00::1',
  'fd00::1%eth0',
  '::ffff:10.0.0.0/104',
  '10.0.0.1/8/8',
])('%j is no rule', (text) => {
  expect(parseAllow(text)).toBeNull();
});

test('an address alone allows exactly itself', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 1, max: 65535 }), (own, other, port) => {
      expect(allows(ruleOf(own), own, port)).toBe(true);
      expect(allows(ruleOf(own), other, port)).toBe(own === other);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f.:/[\],-]{0,40}$/)),
      (text) => void parseAllow(text),
    ),
  );
});
