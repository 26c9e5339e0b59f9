import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../payload/utf8.ts';
import { holds } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { termOf } from './term-of.ts';

const row: Facts = {
  seq: 7,
  time: 1.5e9,
  socket: 3,
  type: 'sent',
  ends: [
    { host: '127.0.0.1', port: 5000 },
    { host: '::ffff:10.0.0.7', port: 8888 },
  ],
  direction: 'to-server',
  transport: 'stream',
  protocols: ['http'],
  size: 1_024,
  bytes: encodeUtf8('GET /hello HTTP/1.1\r\n'),
  isCut: false,
  words: '',
};
const closed: Facts = {
  ...row,
  type: 'closed',
  direction: null,
  size: null,
  bytes: null,
  words: 'closed, done',
};
const known = { protocols: ['http', 'dns'], shown: ['dns'] };

function asks(text: string, facts: Facts = row): boolean {
  const parsed = parse(text, known);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return holds(parsed.filter, facts);
}

describe('the filter language', () => {
  it.each([
    ['', true],
    ['socket == 3', true],
    ['socket = #3', true],
    ['socket != 3', false],
    ['socket > 3', false],
    ['socket 3', true],
    ['port == 8888', true],
    ['port==5000', true],
    ['port != 8888', false],
    ['port < 80', false],
    ['port in {80, 8888}', true],
    ['port in {80 443}', false],
    ['port in {80, 8000..8888}', true],
    ['port in {1..80}', false],
    ['port in {80, 8888} and not 1,2', true],
    ['time in {1.2s..1.5s}', true],
    ['port eq 8888 and len ge 1k', true],
    ['socket ne #3', false],
    ['eq hello', false],
    ['host == 127.0.0.1', true],
    ['host == 10.0.0.7:8888', true],
    ['host == 10.0.0.7:5000', false],
    ['host == 10.0.0.0/8', true],
    ['host == 10.0.1.0/24', false],
    ['host == 10.0.0.7/32', true],
    ['host == 10.0.0.6/32', false],
    ['host == 127.', true],
    ['type == sent', true],
    ['type != sent', false],
    ['type in {sent, received}', true],
    ['dir == to-server', true],
    ['dir == ←', false],
    ['proto == tcp', true],
    ['proto == udp', false],
    ['proto == http', true],
    ['proto == dns', false],
    ['proto != dns', true],
    ['dns', false],
    ['len >= 1k', true],
    ['len > 1k', false],
    ['len == 1024', true],
    ['time > 1.4s', true],
    ['time > 1.4', true],
    ['time < 20ms', false],
    ['time == 1500ms', true],
    ['time < 1min', true],
    ['contains "HELLO"', true],
    ['contains hello', true],
    ['contains 0d0a', true],
    ['contains 0d 0a', true],
    ['contains 0d 0a 8888', true],
    ['contains "0d0a"', false],
    [String.raw`contains "1.1\r\n"`, true],
    [String.raw`"\x0d\x0a"`, true],
    ['matches /^get/i', true],
    ['matches /^get/', false],
    ['matches "(?i)^get"', true],
    ['matches "^get"', false],
    ['matches "HTTP/1.[01]"', true],
    [String.raw`matches /\bhello\b.*\r\n$/`, true],
    ['not udp', true],
    ['! udp', true],
    ['!udp', true],
    ['sent and udp', false],
    ['sent && tcp', true],
    ['received or sent', true],
    ['received || sent udp', false],
    ['(received || sent) tcp', true],
    ['not (received or sent)', false],
    ['not contains "hello" or len > 10', true],
    ['AND', null],
    ['sent tcp hello not closed', true],
  ])('%j is %s', (text, expected) => {
    if (expected === null) expect(parse(text).ok).toBe(false);
    else expect(asks(text)).toBe(expected);
  });

  it('looks for a quote that is escaped', () => {
    const said = { ...row, bytes: encodeUtf8('say "hi"') };
    expect(asks(String.raw`contains "y \"hi\""`, said)).toBe(true);
    expect(asks(String.raw`contains "\"y"`, said)).toBe(false);
  });

  it('knows of a row without bytes what it says, and that it has no length', () => {
    expect(asks('contains "DONE"', closed)).toBe(true);
    expect(asks('contains "failed"', { ...closed, words: 'ECONNREFUSED Failed' })).toBe(true);
    expect(asks('matches /done$/', closed)).toBe(true);
    expect(asks('len >= 0', closed)).toBe(false);
    expect(asks('len != 5', closed)).toBe(true);
    expect(asks('dir == to-server', closed)).toBe(false);
  });

  it.each([
    ['port == x', 'A port is a number', 'x', null],
    ['port ==', 'A port is a number', '==', null],
    ['socket == 0', 'A socket is', '0', null],
    ['host == 10.0.0.0/33', 'A host is an address', '10.0.0.0/33', null],
    ['tcp.port == 80', 'Here it is written “port”, as in: port == 8888.', 'tcp.port', 'port == 80'],
    ['ip.addr == 10.0.0.1', 'Here it is written “host”', 'ip.addr', 'host == 10.0.0.1'],
    ['ip.src eq 10.0.0.1', 'Here it is written “host”', 'ip.src', 'host eq 10.0.0.1'],
    [
      'tcp.port==80 && frame contains "x"',
      'Here it is written “port”',
      'tcp.port',
      'port==80 && contains "x"',
    ],
    ['tcp.flags.reset == 1', 'Here it is the word “rst”', 'tcp.flags.reset == 1', 'rst'],
    [
      'tcp.analysis.retransmission',
      'There is no field',
      'tcp.analysis.retransmission',
      '"tcp.analysis.retransmission"',
    ],
    ['http.request.method == "GET"', 'There is no field', 'http.request.method', 'contains "GET"'],
    ['host contains "127"', 'Here it is just “contains”', 'host contains', 'contains "127"'],
    ['frame contains "x"', 'Here it is just “contains”', 'frame contains', 'contains "x"'],
    ['prot == tcp', 'Here it is written “proto”', 'prot', 'proto == tcp'],
    ['q=1', 'There is no field “q”', 'q', '"q=1"'],
    ['type == recieved', 'Did you mean received?', 'recieved', 'type == received'],
    ['type < sent', 'type has no order', '<', 'type == sent'],
    ['host == localhost', 'localhost is 127.0.0.1', 'localhost', 'host == 127.0.0.1'],
    ['dir == in', 'What one socket did is its type', 'in', null],
    ['proto == htp', 'Did you mean http?', 'htp', 'proto == http'],
    ['proto == x', 'There are tcp, udp, http, dns.', 'x', null],
    ['(sent', 'This “(” is not closed', '(', '(sent)'],
    ['sent)', 'closes nothing', ')', 'sent'],
    ['()', 'Between the brackets', '()', null],
    ['sent or', '“or” needs something after it', 'or', null],
    ['or sent', '“or” needs a filter before it', 'or', '"or" sent'],
    ['"open', 'The quote is not closed', '"open', '"open"'],
    ['matches GET', 'A pattern stands between slashes', 'GET', 'matches /GET/'],
    ['matches /GET', 'not closed', '/GET', 'matches /GET/'],
    ['matches /a(b/', 'is not closed', '(', null],
    ['matches /(?=a)/', 'Looking ahead', '(', null],
    [String.raw`matches /(a)\1/`, 'cannot refer', '\\', null],
    ['matches /a/g', 'Flags are i', 'g', null],
    ['matches /((a{200}){200}){200}/', 'too large', '/', null],
    ['matches /(', 'not closed', '/(', null],
    ['matches /GET|POST/ matches /(', 'not closed', '/(', null],
    ['port in {80', 'is not closed', '{', null],
    ['port in {}', 'Between { and } stand values', '{}', null],
    ['contains', 'What should it contain?', 'contains', null],
    [String.raw`"a\q"`, 'is no escape', String.raw`"a\q"`, null],
  ])('%j: says what is wrong, where, and how it is written', (text, says, culprit, fix) => {
    const parsed = parse(text, known);
    if (parsed.ok) throw new Error('It was read.');
    const { message, from, to } = parsed.problem;
    expect(message).toContain(says);
    expect(text.slice(from, to)).toBe(culprit);
    expect(parsed.problem.fix).toBe(fix);
  });

  it.each([
    'matches /(',
    'matches (',
    'matches /a(b/',
    'matches /[',
    'matches "[',
    'matches a(b',
    'matches +',
    '((((',
    'prot == (',
    'port == x (',
    'data == "x',
    'type < x',
    'host != locahost',
    'len > ) x',
    'contains ()',
    'a.b.c == ',
    '"a\\',
  ])('%j: what is offered in its place can be read', (text) => {
    const parsed = parse(text, known);
    const fix = parsed.ok ? null : parsed.problem.fix;
    expect(fix === null || parse(fix, known).ok).toBe(true);
  });

  it('asks for a protocol by its name alone, where a column shows it, and for text', () => {
    const dns = { ...row, protocols: ['dns'] };
    expect(asks('dns', dns)).toBe(true);
    expect(asks('dns', { ...row, bytes: encodeUtf8('ask the DNS') })).toBe(true);
    expect(asks('"dns"', dns)).toBe(false);
  });

  it.each([
    ['host == fe80::1%eth0', true],
    ['host == fe80::1', true],
    ['host == fe80::1%eth1', false],
    ['host == FE80:0:0::0001', true],
    ['host == [fe80::1%eth0]:5000', true],
    ['host == [fe80:0::1]:5000', true],
    ['[fe80::1%eth0]:5000', true],
    ['[fe80::1%eth0]:8888', false],
    ['host == ::ffff:10.0.0.7', true],
    ['host == ::ffff:a00:7', true],
    [termOf({ field: 'host', value: 'fe80::2%enP1s0' }), true],
    ['[fe80::2%ENP1S0]:5001', true],
    ['host == fe80::2', true],
    ['host == fe80::2%enp1', false],
  ])('finds an address however it is spelled: %s', (text, expected) => {
    const ends = [
      { host: 'fe80::1%eth0', port: 5000 },
      { host: '::ffff:10.0.0.7', port: 8888 },
      { host: 'fe80::2%enP1s0', port: 5001 },
    ];
    const parsed = parse(text);
    expect(parsed.ok && holds(parsed.filter, { ...row, ends })).toBe(expected);
  });

  it.each(['host == 1:2:3', 'host == 12:34:56', 'host == 256.0.0.1', 'host == ::1:99999'])(
    'takes no other numbers for an address: %s',
    (text) => {
      expect(parse(text)).toMatchObject({
        ok: false,
        problem: { message: expect.stringContaining('A host is') as unknown },
      });
    },
  );

  it.each(['len < 99999999999999999999999', 'time < 99999999999999999999999', `len < ${'9'.repeat(400)}`])(
    'takes a number of any size, and prints it in digits: %s',
    (text) => {
      const parsed = parse(text);
      const again = parse(parsed.ok ? print(parsed.filter) : '');
      expect(again.ok && holds(again.filter, row)).toBe(true);
      expect(again).toMatchObject({ filter: parsed.ok ? parsed.filter : null });
    },
  );

  it.each(['matches "/h.*o"', String.raw`matches "[/]h\/?"`, 'matches "(?i)/HELLO h"'])(
    'has slashes in a pattern in quotes, and prints them as such: %s',
    (text) => {
      const parsed = parse(text);
      const printed = parsed.ok ? print(parsed.filter) : '';
      const again = parse(printed);
      expect(parsed.ok && holds(parsed.filter, row)).toBe(true);
      expect(again.ok && holds(again.filter, row)).toBe(true);
    },
  );

  it('takes any protocol as long as nobody knows which there are', () => {
    expect(parse('proto == "a b"', { protocols: null, shown: [] })).toMatchObject({ ok: false });
    const parsed = parse('proto == Tls', { protocols: null, shown: [] });
    expect(parsed).toMatchObject({ ok: true, filter: { is: 'proto', protocol: 'tls' } });
  });

  it('says where each of the filters that must hold stands', () => {
    const text = 'not sent "a b" and (x or y) port 80';
    const parsed = parse(text);
    const terms = parsed.ok ? parsed.terms.map(({ from, to }) => text.slice(from, to)) : [];
    expect(terms).toEqual(['not sent', '"a b"', '(x or y)', 'port 80']);
  });
});

const words = fc.constantFrom(
  ...[
    'socket',
    'port',
    'host',
    'type',
    'dir',
    'proto',
    'len',
    'time',
    'and',
    'or',
    'not',
    '(',
    ')',
    '{',
    '}',
  ],
  ...[
    '==',
    '!=',
    '<',
    '>=',
    '=',
    '!',
    '&&',
    '||',
    'in',
    ',',
    'contains',
    'matches',
    '/a+b/',
    '/(a|b)*c/i',
    '/[/',
  ],
  ...[
    '"a b"',
    '"',
    '0d0a',
    '8888',
    '#3',
    '10.0.0.0/8',
    '127.0.0.1',
    '1.5s',
    '1k',
    'sent',
    'hello',
    'tcp.port',
  ],
);

describe('whatever is typed', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 12 }).map((some) => some.join(' ')),
  );
  it('is read or refused with a place within the text, and what was read means the same when printed', () => {
    fc.assert(
      fc.property(typed, fc.uint8Array({ maxLength: 40 }), (text, bytes) => {
        const parsed = parse(text, known);
        if (!parsed.ok) {
          const { from, to } = parsed.problem;
          expect(from >= 0 && from <= to && to <= text.length).toBe(true);
          return;
        }
        const again = parse(print(parsed.filter), known);
        for (const facts of [row, closed, { ...row, bytes }]) {
          expect(again.ok && holds(again.filter, facts)).toBe(holds(parsed.filter, facts));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when it is too long or too deep', () => {
    expect(parse('a '.repeat(3_000)).ok).toBe(false);
    expect(parse(`${'('.repeat(2_000)}a${')'.repeat(2_000)}`).ok).toBe(false);
    expect(parse('not '.repeat(1_000) + 'a').ok).toBe(false);
  });
});

describe('a cell', () => {
  it.each([
    [termOf({ field: 'socket', value: 3 }), '#3'],
    [termOf({ field: 'port', value: 8888 }), 'port == 8888'],
    [termOf({ field: 'host', value: '::1' }), 'host == ::1'],
    [termOf({ field: 'host', value: 'fe80::1%eth0' }), 'host == fe80::1%eth0'],
    [termOf({ field: 'proto', value: 'TCP' }), 'proto == tcp'],
    [termOf({ field: 'time', value: 1_500_000 }), 'time >= 1500us'],
    [termOf({ field: 'contains', value: encodeUtf8('say "hi"\n') }), String.raw`contains "say \"hi\"\n"`],
  ])('is the term %s', (term, expected) => {
    expect(term).toBe(expected);
    expect(parse(term).ok).toBe(true);
  });
});
