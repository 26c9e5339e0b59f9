import { expect, it } from 'vitest';
import { isLoopback, isWildcard, plainHost } from './special-hosts.ts';

it.each(['127.0.0.1', '127.9.8.7', '::1'])('%s is of this computer', (host) => {
  expect(isLoopback(host)).toBe(true);
});

it.each(['128.0.0.1', '12.7.0.1', '::', '0.0.0.0', '::11', 'fe80::1'])('%s need not be', (host) => {
  expect(isLoopback(host)).toBe(false);
});

it('two addresses mean every one', () => {
  expect(['0.0.0.0', '::', '0.0.0.1', '::1', '127.0.0.1'].filter(isWildcard)).toEqual(['0.0.0.0', '::']);
});

it.each([
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:10.0.0.1', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:a00:1', '::ffff:a00:1'],
  ['1::ffff:10.0.0.1', '1::ffff:10.0.0.1'],
])('%s is %s', (host, plain) => {
  expect(plainHost(host)).toBe(plain);
});
