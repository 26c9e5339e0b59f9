import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { noEnds } from '../../../store/rows/ends.ts';
import type { Ends } from '../../../store/rows/ends.ts';
import type { EventRow, Row } from '../../../store/rows/rows.ts';
import { at, noLanes, numbered, opened, received, sent } from '../../../store/testing/events.ts';
import { examples } from './examples.ts';
import { hexHint } from './hex-hint.ts';
import { parseFilter } from './parse.ts';
import { matcherOf } from './testing.ts';

const client: Ends = {
  socketType: 'stream',
  local: at(5000),
  remote: at(8888),
  side: 'client',
  settled: true,
};

function rowOf(body: EventBody, ends: Ends = client): EventRow {
  const [event] = numbered([body]);
  return { kind: 'event', run: 0, event: event!, ends, offset: 0, lanes: noLanes };
}

function matches(text: string, row: Row): boolean {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return matcherOf(parsed.terms)?.(row) ?? true;
}

const refused: EventBody = {
  type: 'failed',
  socket: 6,
  during: 'connect',
  code: 'ECONNREFUSED',
  errno: 111,
  message: 'Nothing is listening on 127.0.0.1:9000.',
  hint: '',
};

describe('the filter', () => {
  it.each<[string, EventBody, boolean]>([
    ['', sent(2, 'x'), true],
    ['#2', sent(2, 'x'), true],
    ['#3', sent(2, 'x'), false],
    ['sent', sent(2, 'x'), true],
    ['RECEIVED', sent(2, 'x'), false],
    ['not sent', sent(2, 'x'), false],
    ['not opened', opened(2), false],
    ['failed', refused, true],
    ['econnrefused', refused, true],
    ['to server', sent(2, 'x'), true],
    ['→', sent(2, 'x'), true],
    ['to client', sent(2, 'x'), false],
    ['<-', received(2, 'x'), true],
    ['to server', opened(2), false],
    ['port 8888', sent(2, 'x'), true],
    ['port 5000', sent(2, 'x'), true],
    ['port 80', sent(2, 'x'), false],
    ['tcp', sent(2, 'x'), true],
    ['udp', sent(2, 'x'), false],
    ['HELLO', sent(2, 'oh hello there'), true],
    ['"o hell"', sent(2, 'oh hello there'), false],
    ['"oh hello"', sent(2, 'oh hello there'), true],
    ['"sent"', sent(2, 'x'), false],
    ['hex 6c 6c', sent(2, 'hello'), true],
    ['hex 6c6c6f sent', sent(2, 'hello'), true],
    ['hex 4c', sent(2, 'hello'), false],
    ['sent #2 hello', sent(2, 'hello'), true],
    ['sent #2 not hello', sent(2, 'hello'), false],
    ['é', sent(2, 'x'), false],
    ['to', sent(2, 'going to'), true],
    ['8888', sent(2, 'x'), true],
    ['888', sent(2, 'x'), false],
    ['5000', sent(2, 'x'), true],
    ['42', sent(2, 'the answer is 42'), true],
    ['"8888"', sent(2, 'x'), false],
    [':8888', sent(2, 'x'), true],
    [':80', sent(2, 'x:80'), false],
    ['127.0.0.1', sent(2, 'x'), true],
    ['127.0.', sent(2, 'x'), true],
    ['127.0.0.10', sent(2, 'x'), false],
    ['10.1', sent(2, 'version 10.1'), true],
    ['host 127.0.0.1', sent(2, 'x'), true],
    ['host 10.0.0.1', sent(2, 'from 10.0.0.1'), false],
    ['host', sent(2, 'Host: a'), true],
    ['127.0.0.1:8888', sent(2, 'x'), true],
    ['127.0.0.1:5000', received(2, 'x'), true],
    ['127.0.0.1:80', sent(2, 'x'), false],
    ['::1', sent(2, 'x'), false],
    ['accepted', { type: 'accepted', socket: 3, listener: 1, local: at(8888), remote: at(5000) }, true],
    ['accep', { type: 'accepted', socket: 3, listener: 1, local: at(8888), remote: at(5000) }, true],
    ['rec', received(2, 'x'), true],
    ['rec', sent(2, 'a record'), true],
    ['backlog', { type: 'listening', socket: 1, local: at(8888), backlog: 5 }, true],
    ['fin', { type: 'ended', socket: 2, by: 'local' }, true],
    ['refused', refused, true],
  ])('%j for %o is %s', (text, body, expected) => {
    expect(matches(text, rowOf(body))).toBe(expected);
  });

  it('knows addresses in every form they come in', () => {
    const six: Ends = { ...client, local: at(5000, '::1'), remote: at(8888, '::ffff:127.0.0.1') };
    const row = rowOf(sent(2, 'x'), six);
    for (const text of ['::1', '[::1]', '[::1]:5000', '127.0.0.1', '127.0.0.1:8888', '::ffff:127.0.0.1'])
      expect(matches(text, row), text).toBe(true);
    expect(matches('[::1]:8888', row)).toBe(false);
  });

  it('finds text of more than one byte a character', () => {
    const row = rowOf({ type: 'sent', socket: 1, size: 2, data: Uint8Array.of(0xc3, 0xa9) });
    expect(matches('é', row)).toBe(true);
  });

  it('always shows gaps: what is missing might have matched', () => {
    const gap: Row = { kind: 'gap', run: 0, from: 1, to: 2, count: 2, reason: 'memory-limit' };
    expect(matches('#9 failed', gap)).toBe(true);
  });

  it.each([
    ['#', 'A socket is “#” and its number, as in #3.'],
    ['#x', 'A socket is “#” and its number, as in #3.'],
    ['port', 'A port is a number from 0 to 65535, as in: port 8888.'],
    ['port 70000', 'A port is a number from 0 to 65535, as in: port 8888.'],
    ['hex', 'Bytes are pairs of hex digits, as in: hex 0d 0a.'],
    ['hex xyz', 'Bytes are pairs of hex digits, as in: hex 0d 0a. “xyz” is none.'],
    ['not', '“not” needs something after it, as in: not opened.'],
    ['"open', 'The quote is not closed: add another ".'],
    ['""', 'Between the quotes stands what to look for.'],
  ])('says what is wrong with %j', (text, wrong) => {
    expect(parseFilter(text)).toMatchObject({ ok: false, problem: { message: wrong } });
  });

  it('keeps a chip’s words as they were typed', () => {
    expect(parseFilter('not  opened "a b" hex 0d 0a')).toMatchObject({
      terms: [{ words: 'not  opened' }, { words: '"a b"' }, { words: 'hex 0d 0a' }],
    });
  });

  it('understands each of its own examples', () => {
    for (const { filter } of examples)
      expect(parseFilter(filter, { protocols: ['http'], shown: [] }), filter).toMatchObject({ ok: true });
  });

  it('never throws, whatever is typed and whatever came', () => {
    const words = fc.constantFrom(
      'not',
      'port',
      'hex',
      '#3',
      '"',
      'to',
      'server',
      '→',
      '0d',
      'sent',
      ' ',
      'host',
      '::',
      ':80',
      '127.',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((some) => some.join(' ')),
    );
    fc.assert(
      fc.property(typed, fc.uint8Array(), fc.boolean(), (text, data, known) => {
        const parsed = parseFilter(text);
        if (!parsed.ok) return;
        const body: EventBody = { type: 'sent', socket: 1, size: data.length, data };
        matcherOf(parsed.terms)?.(rowOf(body, known ? client : noEnds));
      }),
    );
  });
});

describe('hex that was typed as text', () => {
  it.each([
    ['de ad be ef', 'hex de ad be ef'],
    ['0d0a', 'hex 0d 0a'],
    ['0x0d,0x0a ', 'hex 0d 0a'],
    ['48:65', 'hex 48 65'],
    ['#2 not DEADBEEF', '#2 not hex de ad be ef'],
  ])('%j is offered as %j', (typed, draft) => expect(hexHint(typed)?.draft).toBe(draft));

  it.each(['', '8888', 'port 0d0a', 'hex de ad', '12', 'hello', '127.0.0.1:8888', '::1', '"de ad"', 'add'])(
    '%j is not',
    (typed) => expect(hexHint(typed)).toBeNull(),
  );
});
