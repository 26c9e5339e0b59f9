import { expect, it } from 'vitest';
import { formatAddress, literalFamily } from './address.ts';

it.each([
  ['127.0.0.1', 80, '127.0.0.1:80'],
  ['localhost', 0, 'localhost:0'],
  ['::1', 65535, '[::1]:65535'],
  ['fe80::1%eth0', 1, '[fe80::1%eth0]:1'],
  ['10.0.0.1\u202e\u009b', 9, String.raw`10.0.0.1\u202e\u009b:9`],
])('%s and %i are %s', (host, port, text) => {
  expect(formatAddress({ host, port })).toBe(text);
});

it.each([
  ['127.0.0.1', 'inet'],
  ['127.1', 'inet'],
  ['0', 'inet'],
  ['2130706433', 'inet'],
  ['0x7f.0.0.01', 'inet'],
  ['0X7F000001', 'inet'],
  ['::1', 'inet6'],
  ['::ffff:127.0.0.1', 'inet6'],
  ['fe80::1%lo', 'inet6'],
  ['localhost', null],
  ['1.2.3.4.5', null],
  ['127.0.0.1.example', null],
  ['0x', null],
  ['1..2', null],
  ['a1', null],
])('%s belongs to %s', (host, family) => {
  expect(literalFamily(host)).toBe(family);
});
