import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasUnsafe } from '../payload/visible.ts';
import { statusOf } from '../problems.ts';
import { examples } from './examples.ts';
import { parseCommand } from './parse.ts';
import { verbs } from './verbs.ts';

function problemOf(input: unknown) {
  const parsed = parseCommand(input);
  if (parsed.ok) throw new Error(`Accepted: ${JSON.stringify(input)}`);
  return parsed.problem;
}

const serve = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 };
const dial = { type: 'dial', socketType: 'stream', host: '127.0.0.1', port: 80 };
const send = { type: 'send', socket: 1 };
const setTtl = { type: 'setsockopt', socket: 1, option: 'ttl' };
const join = { type: 'setsockopt', socket: 1, option: 'addMembership' };
const onlyOne = 'exactly one of {"text":"…"}, {"hex":"…"} and {"base64":"…"}';

describe('parseCommand accepts', () => {
  it.each(Object.entries(examples))('%s', (_, example) => {
    expect(parseCommand(example)).toEqual({ ok: true, command: example });
  });

  it.each([
    { ...serve, behaviour: { name: 'ok', once: true }, backlog: 0, label: '', family: 'inet' },
    { ...serve, host: '::1', family: 'inet6' },
    { ...serve, host: 'localhost', family: 'inet6' },
    { ...serve, socketType: 'dgram', behaviour: { name: 'chargen' } },
    { ...dial, timeout: 1, readSize: 1, port: 65535 },
    { ...join, value: { group: '239.1.2.3', interface: '127.0.0.1' } },
    { ...send, data: { hex: '0x48, 65' } },
    { ...send, data: { base64: '' } },
    { ...send, data: { text: '' } },
  ])('%j', (input) => {
    expect(parseCommand(input)).toEqual({ ok: true, command: input });
  });
});

describe('parseCommand refuses what is no command', () => {
  it.each([
    [null, 'null is no command: the field "type" names one.'],
    [7, '7 is no command: the field "type" names one.'],
    ['serve', '"serve" is no command: the field "type" names one.'],
    [[serve], 'a list is no command: the field "type" names one.'],
    [undefined, 'nothing JSON can carry is no command: the field "type" names one.'],
    [{}, 'An object without the field "type" is no command: the field "type" names one.'],
    [{ type: 'fly' }, 'The type "fly" is no command: the field "type" names one.'],
    [{ type: 'toString' }, 'The type "toString" is no command: the field "type" names one.'],
    [
      JSON.parse('{"__proto__":{"type":"serve"}}'),
      'An object without the field "type" is no command: the field "type" names one.',
    ],
    [{ type: ['serve'] }, 'The type a list is no command: the field "type" names one.'],
  ])('%j', (input: unknown, message) => {
    expect(problemOf(input)).toEqual({
      code: 'bad-command',
      message,
      hint: `Commands are: ${Object.keys(verbs).join(', ')}.`,
      field: 'type',
    });
  });
});

const unknownFields: readonly [unknown, string, string][] = [
  [{ ...serve, prot: 1 }, 'prot', 'type, socketType, family, host, port, behaviour, backlog, accept, label'],
  [{ ...setTtl, value: 1, level: 'ip' }, 'level', 'type, socket, option, value'],
  [{ ...serve, behaviour: { name: 'echo', twice: true } }, 'behaviour.twice', 'name, once'],
  [{ ...serve, behaviour: { name: 'upper', once: true } }, 'behaviour.once', 'name'],
  [{ ...join, value: { group: '239.1.2.3', ttl: 1 } }, 'value.ttl', 'group, interface'],
  [JSON.parse('{"type":"pause","socket":1,"__proto__":{}}'), '__proto__', 'type, socket'],
  [{ type: 'pause', socket: 1, constructor: 1 }, 'constructor', 'type, socket'],
  [{ type: 'pause', '\u202e': 1 }, String.raw`\u202e`, 'type, socket'],
];

describe('parseCommand names fields', () => {
  it.each(unknownFields)('there are not: %j', (input, field, known) => {
    expect(problemOf(input)).toEqual({
      code: 'unknown-field',
      message: `This command has no field "${field}".`,
      hint: `Its fields are: ${known}.`,
      field,
    });
  });

  it.each([
    [{ type: 'pause' }, 'socket', 'the number of a socket, such as 3 for #3'],
    [{ ...serve, port: undefined }, 'port', 'an integer from 0 to 65535'],
    [{ ...dial, socketType: undefined }, 'socketType', '"stream" or "dgram"'],
    [{ type: 'send', socket: 1 }, 'data', onlyOne],
    [{ type: 'behave', socket: 1 }, 'behaviour', 'an object such as {"name":"echo"}'],
    [
      { type: 'behave', socket: 1, behaviour: {} },
      'behaviour.name',
      '"none", "echo", "ok", "welcome", "collect", "upper", "chat", "http", "daytime", "time", "chargen", "discard" or "reset"',
    ],
    [
      { type: 'setsockopt', socket: 1 },
      'option',
      '"noDelay", "keepAlive", "broadcast", "ipv6Only", "ttl", "receiveBuffer", "readSize", "addMembership" or "dropMembership"',
    ],
    [setTtl, 'value', 'an integer from 1 to 255'],
    [{ ...join, value: {} }, 'value.group', 'text of 1 to 64 characters'],
    [{ type: 'resolve' }, 'host', 'a name or a numeric address, up to 255 characters, without spaces'],
  ])('that are missing: %j', (input: unknown, field, expects) => {
    expect(problemOf(input)).toEqual({
      code: 'missing-field',
      message: `The field "${field}" is missing.`,
      hint: `It should be ${expects}.`,
      field,
    });
  });

  it.each([
    [{ ...serve, port: 70000 }, 'port', 'should be an integer from 0 to 65535, not 70000.'],
    [{ ...serve, port: '80' }, 'port', 'should be an integer from 0 to 65535, not "80".'],
    [{ ...serve, port: 1.5 }, 'port', 'should be an integer from 0 to 65535, not 1.5.'],
    [{ ...serve, port: null }, 'port', 'should be an integer from 0 to 65535, not null.'],
    [{ ...dial, port: 0 }, 'port', 'should be an integer from 1 to 65535, not 0.'],
    [{ ...dial, timeout: 0 }, 'timeout', 'should be an integer from 1 to 600000, not 0.'],
    [{ ...serve, accept: 'later' }, 'accept', 'should be "auto" or "manual", not "later".'],
    [{ ...serve, backlog: -1 }, 'backlog', 'should be an integer from 0 to 65535, not -1.'],
    [{ ...serve, socketType: 'tcp' }, 'socketType', 'should be "stream" or "dgram", not "tcp".'],
    [{ ...serve, family: 4 }, 'family', 'should be "inet" or "inet6", not 4.'],
    [
      { ...serve, host: '' },
      'host',
      'should be a name or a numeric address, up to 255 characters, without spaces, not "".',
    ],
    [
      { ...serve, host: 'a b' },
      'host',
      'should be a name or a numeric address, up to 255 characters, without spaces, not "a b".',
    ],
    [
      { ...serve, host: 'a\u202eb' },
      'host',
      String.raw`should be a name or a numeric address, up to 255 characters, without spaces, not "a\u202eb".`,
    ],
    [
      { ...serve, label: 'x'.repeat(81) },
      'label',
      `should be text of 0 to 80 characters, not "${'x'.repeat(40)}…".`,
    ],
    [
      { ...serve, behaviour: 'echo' },
      'behaviour',
      'should be an object such as {"name":"echo"}, not "echo".',
    ],
    [{ ...serve, behaviour: { name: 'echo', once: 1 } }, 'behaviour.once', 'should be true or false, not 1.'],
    [
      { type: 'pause', socket: '3' },
      'socket',
      'should be the number of a socket, such as 3 for #3, not "3".',
    ],
    [{ type: 'close', socket: 1, reset: 'yes' }, 'reset', 'should be true or false, not "yes".'],
    [{ ...setTtl, value: 256 }, 'value', 'should be an integer from 1 to 255, not 256.'],
    [
      { ...setTtl, option: 'readSize', value: 1_048_577 },
      'value',
      'should be an integer from 1 to 1048576, not 1048577.',
    ],
    [
      { ...setTtl, option: 'nagle' },
      'option',
      'should be "noDelay", "keepAlive", "broadcast", "ipv6Only", "ttl", "receiveBuffer", "readSize", "addMembership" or "dropMembership", not "nagle".',
    ],
    [{ ...join, value: 'group' }, 'value', 'should be an object such as {"group":"239.1.2.3"}, not "group".'],
    [{ ...send, data: 'hello' }, 'data', `should be ${onlyOne}, not "hello".`],
    [{ ...send, data: {} }, 'data', `should be ${onlyOne}, not an empty object.`],
    [
      { ...send, data: { text: 'a', hex: '61' } },
      'data',
      `should be ${onlyOne}, not an object with "text", "hex".`,
    ],
    [{ ...send, data: { text: 1 } }, 'data.text', 'should be a string, not 1.'],
    [{ ...send, data: { hex: '4g' } }, 'data.hex', 'cannot be read. "g" at character 2 is not a hex digit.'],
    [
      { ...send, data: { hex: '48 zz' } },
      'data.hex',
      'cannot be read. "z" at character 4 is not a hex digit.',
    ],
    [
      { ...send, data: { base64: 'a' } },
      'data.base64',
      'cannot be read. The end comes too early: base64 is groups of 4 digits, filled up with "=".',
    ],
    [
      { ...send, data: { text: '\ud800' } },
      'data.text',
      String.raw`cannot be read. "\ud800" at character 1 is half a character (a lone surrogate).`,
    ],
  ])('that are bad: %j', (input: { type: string }, field, says) => {
    const problem = problemOf(input);
    expect(problem).toMatchObject({ code: 'bad-field', message: `"${field}" ${says}`, field });
    expect(problem.hint).toContain(`{"type":"${input.type}"`);
  });

  it('there are not before missing ones before bad ones', () => {
    const all = { type: 'dial', port: 'x', behaviour: { name: 'echo', extra: 1 } };
    expect(problemOf(all)).toMatchObject({ code: 'unknown-field', field: 'behaviour.extra' });
    expect(problemOf({ ...all, behaviour: { name: 5 } })).toMatchObject({
      code: 'missing-field',
      field: 'socketType',
    });
    expect(problemOf({ ...dial, port: 'x', behaviour: { name: 5 } })).toMatchObject({
      code: 'bad-field',
      field: 'port',
    });
  });
});

describe('parseCommand refuses contradictions', () => {
  it.each([
    [
      { ...serve, socketType: 'dgram', behaviour: { name: 'chat' } },
      'behaviour-socket-type',
      'behaviour.name',
      /none, echo, ok, upper, daytime, time, chargen, discard/,
    ],
    [
      { ...dial, socketType: 'dgram', behaviour: { name: 'http' } },
      'behaviour-socket-type',
      'behaviour.name',
      /none, echo/,
    ],
    [{ ...serve, socketType: 'dgram', backlog: 5 }, 'bad-field', 'backlog', /stream/],
    [{ ...serve, socketType: 'dgram', accept: 'manual' }, 'bad-field', 'accept', /stream/],
    [{ ...dial, socketType: 'dgram', readSize: 5 }, 'bad-field', 'readSize', /stream/],
    [{ ...serve, family: 'inet6' }, 'bad-field', 'host', /"inet"/],
    [{ ...dial, host: '::1', family: 'inet' }, 'bad-field', 'host', /"inet6"/],
    [{ type: 'resolve', host: '0x7f.1', family: 'inet6' }, 'bad-field', 'host', /"inet"/],
  ])('%j', (input: unknown, code, field, hint) => {
    const problem = problemOf(input);
    expect(problem).toMatchObject({ code, field });
    expect(problem.hint).toMatch(hint);
  });
});

describe('parseCommand and hostile input', () => {
  const verb = fc.constantFrom(...Object.keys(verbs));
  const fieldName = fc.constantFrom(
    'type',
    'socket',
    'socketType',
    'family',
    'host',
    'port',
    'data',
    'behaviour',
    'value',
    'option',
    'name',
    'hex',
    '__proto__',
    'constructor',
  );
  const fieldValue = fc.oneof(
    fc.jsonValue(),
    verb,
    fc.constantFrom('stream', 'inet', 'localhost', 1, 80, { name: 'echo' }, { hex: '1' }, { text: '\ud800' }),
  );
  const likely = fc
    .tuple(verb, fc.array(fc.tuple(fieldName, fieldValue)))
    .map(([type, entries]): unknown =>
      JSON.parse(
        `{${[['type', type] as const, ...entries].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
      ),
    );

  it('never throws: a command, or a problem with code, message and hint that are safe to show', () => {
    fc.assert(
      fc.property(fc.oneof(likely, fc.jsonValue(), fc.anything()), (input) => {
        const parsed = parseCommand(input);
        if (parsed.ok) return;
        const { code, message, hint, field = '' } = parsed.problem;
        expect(code).not.toBe('');
        expect(message).toMatch(/\.$/);
        expect(hint).not.toBe('');
        expect(message).not.toMatch(/Invalid input|something else|undefined/);
        expect([message, hint, field].filter(hasUnsafe)).toEqual([]);
        expect(statusOf(parsed.problem)).toBe(400);
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers in a few words, however large the input', () => {
    const huge = 'x'.repeat(1_000_000);
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
    for (const input of [
      huge,
      { type: huge },
      { type: 'pause', [huge]: 1 },
      { ...serve, host: huge },
      { ...serve, behaviour: { name: huge } },
      { ...send, data: { hex: huge } },
      { ...send, data: { base64: `${huge}!` } },
      { ...send, data: deep },
      { type: 'pause', socket: deep },
      Array.from({ length: 100_000 }, () => huge),
    ]) {
      const { message, hint, field } = problemOf(input);
      expect(`${message}${hint}${field ?? ''}`.length).toBeLessThan(1_000);
    }
  });
});
