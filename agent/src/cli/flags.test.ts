import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseFlags } from './flags.ts';

const flagsOf = (...args: string[]) => {
  const invocation = parseFlags(args);
  if (invocation.kind !== 'run') throw new Error(JSON.stringify(invocation));
  return invocation.flags;
};

const mistakeOf = (...args: string[]) => {
  const invocation = parseFlags(args);
  return invocation.kind === 'mistake' ? invocation.message : invocation.kind;
};

test('without flags the page is at 127.0.0.1:7654 and the browser is opened', () => {
  expect(flagsOf()).toEqual({
    port: 7654,
    host: '127.0.0.1',
    open: true,
    json: false,
    allow: [],
    expose: false,
    origins: [],
    data: null,
    keep: [{ is: 'bytes', most: 2_000_000_000 }],
  });
});

test('every flag is understood, with its value behind a space or an equals sign', () => {
  expect(flagsOf('--port', '0', '--host', '::1', '--no-open', '--json', '--expose')).toMatchObject({
    port: 0,
    host: '::1',
    open: false,
    json: true,
    expose: true,
  });
  expect(flagsOf('--port=65535', '--host=127.1.2.3')).toMatchObject({ port: 65535, host: '127.1.2.3' });
});

test('--keep takes sizes and ages, --data a folder from here', () => {
  expect(flagsOf('--keep', '500MiB', '--keep=7d', '--keep', '1.5 gb', '--data', 'sessions')).toMatchObject({
    keep: [
      { is: 'bytes', most: 500 * 1024 ** 2 },
      { is: 'age', mostMs: 7 * 86_400_000 },
      { is: 'bytes', most: 1_500_000_000 },
    ],
    data: resolve('sessions'),
  });
});

test('the last value of a single flag counts, and repeatable ones add up', () => {
  const flags = flagsOf(
    '--port',
    '1',
    '--port',
    '2',
    '--allow',
    '10.0.0.0/8',
    '--allow=fd00::/8:80',
    '--origin',
    'http://a:1',
    '--origin',
    'https://b.example',
  );
  expect(flags.port).toBe(2);
  expect(flags.allow).toHaveLength(2);
  expect(flags.origins.map(String)).toEqual(['http://a:1/', 'https://b.example/']);
});

test.each([
  ['localhost', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  ['127.255.255.254', '127.255.255.254'],
  ['::1', '::1'],
  ['[::1]', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
])('--host %s is loopback', (text, host) => {
  expect(flagsOf('--host', text).host).toBe(host);
});

test.each([
  '0.0.0.0',
  '::',
  '192.168.1.5',
  '::ffff:127.0.0.1',
  '127.1',
  '0x7f.0.0.1',
  'example.com',
  'localhost.evil.example',
  '',
])('--host %s is refused, saying what to do instead', (text) => {
  expect(mistakeOf('--host', text)).toMatch(/^--host should be a loopback address.*ssh -L.*--origin/);
});

test.each([
  [['--bogus'], /--bogus/],
  [['-p', '80'], /-p/],
  [['extra'], /"extra" is not a flag/],
  [['--', 'extra'], /"extra"/],
  [['--port'], /--port needs a value: a port number/],
  [['--port', '--json'], /--port should be a port number .* "--json"/],
  [['--port', '65536'], /--port should be a port number from 0 to 65535; it is "65536"/],
  [['--port', '-1'], /--port should be/],
  [['--port', '1e3'], /--port should be/],
  [['--port', ' 80'], /--port should be/],
  [['--port='], /--port should be/],
  [['--json=yes'], /--json takes no value/],
  [['--no-json'], /--no-json/],
  [['--open'], /--open/],
  [['--expose', 'yes'], /"yes" is not a flag/],
  [['--allow', '10.0.0.0/33'], /--allow should be a network/],
  [['--allow', '10.0.0.0/8:0'], /--allow should be .* ports from 1 to 65535: .*; it is "10.0.0.0\/8:0"/],
  [['--origin', 'localhost:9000'], /--origin should be an address of a page/],
  [['--origin', 'http://localhost:9000/path'], /--origin/],
  [['--origin', 'http://user@localhost:9000'], /--origin/],
  [['--origin', 'ftp://localhost'], /--origin/],
  [['--origin', 'null'], /--origin/],
  [['--keep', '2'], /--keep should be a size such as 2GB/],
  [['--keep', '0GB'], /--keep/],
  [['--keep', '-1d'], /--keep/],
  [['--keep', '1y'], /--keep/],
  [['--data='], /--data should be a folder/],
  [['--toString'], /--toString/],
  [['--constructor', 'x'], /--constructor/],
])('%j is a mistake that is named', (args, message) => {
  expect(mistakeOf(...args)).toMatch(message);
});

test('--help and --version win over what else is right', () => {
  expect(parseFlags(['--help'])).toEqual({ kind: 'help' });
  expect(parseFlags(['--port', '1', '--version'])).toEqual({ kind: 'version' });
  expect(parseFlags(['--version', '--help'])).toEqual({ kind: 'help' });
});
