/** What a spreadsheet opens must stay data. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '../events/event.ts';
import { applyTo } from '../events/reduce.ts';
import type { OwnState } from '../events/state.ts';
import { CsvLines } from './csv.ts';

const received = (data: Uint8Array): SocketEvent => ({
  seq: 1,
  time: 5,
  socket: 1,
  type: 'received',
  size: data.length,
  data,
});
const text = (value: string) => received(new TextEncoder().encode(value));

const csvEvent = (event: SocketEvent) => new CsvLines().event(event);

/** Cells of one CSV record (RFC 4180 §2). */
function cells(record: string): string[] {
  expect(record.endsWith('\r\n')).toBe(true);
  const found = record.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g);
  return [...found].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);
}

const dataOf = (event: SocketEvent) => cells(csvEvent(event))[6];

describe('CSV for spreadsheets', () => {
  it('has the same number of cells in every row', () => {
    expect(cells(new CsvLines().head)).toHaveLength(8);
    expect(cells(new CsvLines().gap({ type: 'gap', from: 3, to: 4, reason: 'disk' }, null))).toEqual([
      '3',
      '',
      '',
      'gap',
      '',
      '',
      '',
      '{"from":3,"to":4,"reason":"disk"}',
    ]);
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        expect(cells(csvEvent(received(data)))).toHaveLength(8);
      }),
    );
  });

  it('says in each row of a connection whom it is connected to', () => {
    const lines = new CsvLines();
    const [server, client] = [
      { host: '127.0.0.1', port: 80 },
      { host: '::1', port: 9 },
    ];
    const facts = [
      { type: 'connecting', remote: client },
      { type: 'failed', during: 'connect', code: 'ECONNREFUSED', errno: 111, message: '', hint: '' },
      { type: 'paused' },
      { type: 'connecting', remote: server },
      { type: 'connected', local: client, remote: server },
      { type: 'sent', size: 0, data: new Uint8Array() },
      { type: 'received', size: 0, data: new Uint8Array(), remote: client },
      { type: 'ended', by: 'remote' },
      { type: 'closed' },
      { type: 'closed' },
    ] as const;
    const remotes = facts.map(
      (fact, at) => cells(lines.event({ seq: at + 1, time: at, socket: 3, ...fact }))[5],
    );
    const [to, from] = ['127.0.0.1:80', '[::1]:9'];
    expect(remotes).toEqual([from, from, '', to, to, to, from, to, to, '']);
  });

  it('says whom in that column alone', () => {
    const remote = { host: '127.0.0.1', port: 80 };
    const local = { host: '127.0.0.1', port: 9 };
    const start = { seq: 1, time: 0, socket: 3 };
    const row = (event: SocketEvent) => cells(csvEvent(event));
    expect(row({ ...start, type: 'connecting', remote }).slice(5)).toEqual(['127.0.0.1:80', '', '']);
    const accepted = row({ ...start, type: 'accepted', listener: 2, local, remote });
    expect(accepted.slice(5)).toEqual(['127.0.0.1:80', '', JSON.stringify({ listener: 2, local })]);
    const connected = row({ ...start, type: 'connected', local, remote });
    expect(connected.slice(5)).toEqual(['127.0.0.1:80', '', JSON.stringify({ local })]);
  });

  it('knows it still after a call that failed on the open connection', () => {
    const lines = new CsvLines();
    const remote = { host: '127.0.0.1', port: 80 };
    const why = { code: 'EPIPE', errno: 32, message: '', hint: '' };
    const start = { seq: 1, time: 0, socket: 3 };
    lines.event({ ...start, type: 'connected', local: remote, remote });
    lines.event({ ...start, type: 'failed', during: 'send', ...why });
    expect(cells(lines.event({ ...start, type: 'closed' }))[5]).toBe('127.0.0.1:80');
  });

  it('says of a captured segment what only its packet says, and of no other chunk', () => {
    const tcp = { sequence: 7, acknowledgement: 8, flags: 0x18, window: 9 };
    const ends = { source: null, destination: null, stream: 1, from: 'client' } as const;
    const start = { seq: 1, time: 0, socket: null, size: 1, data: new Uint8Array([0x61]) };
    const segment = cells(csvEvent({ ...start, type: 'segment', protocol: 'TCP', tcp, ...ends }));
    expect(segment.slice(3, 7)).toEqual(['segment', '1', '', 'a']);
    expect(JSON.parse(segment[7] ?? '')).toEqual({ protocol: 'TCP', tcp, ...ends });
    expect(cells(csvEvent({ ...start, socket: 1, type: 'received' }))[7]).toBe('');
  });

  it('goes on behind a gap with those that stand there', () => {
    const lines = new CsvLines();
    const scene = { family: 'inet', socketType: 'stream', label: null } as const;
    const remote = { host: '127.0.0.1', port: 80 };
    const states = new Map<number, OwnState>();
    applyTo(states, { seq: 1, time: 0, socket: 3, type: 'opened', ...scene });
    applyTo(states, { seq: 2, time: 0, socket: 3, type: 'connected', local: remote, remote });
    lines.event({ seq: 3, time: 0, socket: 4, type: 'connecting', remote });
    lines.gap({ type: 'gap', from: 4, to: 5, reason: 'disk' }, [...states.values()]);
    const of = (socket: number) => cells(lines.event({ seq: 6, time: 0, socket, type: 'paused' }))[5];
    expect([of(3), of(4)]).toEqual(['127.0.0.1:80', '']);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0'])('%s is no formula there', (value) => {
    expect(dataOf(text(value))).toBe(`'${value}`);
  });

  it.each([
    ['blanks', ' =1+1', "' =1+1"],
    ['wide blanks', '\u3000=1+1', "'\u3000=1+1"],
    ['quotes', '"=1+1"', `'"=1+1"`],
    ['a wide sign', '＝1+1', "'＝1+1"],
    ['what ends a cell elsewhere', 'a;=1+1;|+1', "a;'=1+1;|'+1"],
    ['that and blanks and quotes', 'a; "=1+1', `a;' "=1+1`],
  ])('nor is one behind %s', (_, value, inert) => {
    expect(dataOf(text(value))).toBe(inert);
  });

  it('is left alone where no cell begins', () => {
    const query = 'GET /?a=1;b=-2|c@d HTTP/1.1';
    expect(dataOf(text(query))).toBe(query);
  });

  it('no cell begins as a formula or holds a control byte, whatever was received and however cells are told apart', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('=', '-', ';', '|', '"', "'", ',', ' ', '1', '＠') }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          anything.map((value) => new TextEncoder().encode(value)),
        ),
        (data) => {
          const row = csvEvent(received(data));
          const elsewhere = row.slice(0, -2).split(/[;|]/);
          for (const cell of [...cells(row), ...elsewhere])
            expect(cell).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/);
          // eslint-disable-next-line no-control-regex -- exactly these must not come through
          expect(row.slice(0, -2)).not.toMatch(/[\x00-\x1f\x7f]/);
        },
      ),
    );
  });

  it('tabs, line ends and quotes are escaped or quoted', () => {
    expect(dataOf(text('\t=1'))).toBe(String.raw`\t=1`);
    expect(csvEvent(text('a\r\nb'))).not.toMatch(/\r\n.*\r\n/);
    expect(dataOf(text('say "hi", twice'))).toBe('say "hi", twice');
  });

  it('a label or address that looks like a formula is inert too', () => {
    const row = csvEvent({
      seq: 1,
      time: 0,
      socket: 1,
      type: 'opened',
      family: 'inet',
      socketType: 'stream',
      label: '=1+1;=1+1;',
    });
    for (const cell of [...cells(row), ...row.split(';')]) expect(cell).not.toMatch(/^[=+\-@]/);
  });
});
