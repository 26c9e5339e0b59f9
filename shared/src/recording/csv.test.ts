/** What a spreadsheet opens must stay data. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '../events/event.ts';
import { csvEvent, csvGap, csvHead } from './csv.ts';

const received = (data: Uint8Array): SocketEvent => ({
  seq: 1,
  time: 5,
  socket: 1,
  type: 'received',
  size: data.length,
  data,
});
const text = (value: string) => received(new TextEncoder().encode(value));

/** Cells of one CSV record (RFC 4180 §2). */
function cells(record: string): string[] {
  expect(record.endsWith('\r\n')).toBe(true);
  const found = record.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g);
  return [...found].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);
}

const dataOf = (event: SocketEvent) => cells(csvEvent(event))[6];

describe('CSV for spreadsheets', () => {
  it('has the same number of cells in every row', () => {
    expect(cells(csvHead)).toHaveLength(8);
    expect(cells(csvGap({ type: 'gap', from: 3, to: 4, reason: 'disk' }))).toEqual([
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

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0'])('%s is no formula there', (value) => {
    expect(dataOf(text(value))).toBe(`'${value}`);
  });

  it('no cell begins as a formula or holds a control byte, whatever was received', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: 'binary' }).map((value) => new TextEncoder().encode(value)),
        ),
        (data) => {
          const row = csvEvent(received(data));
          for (const cell of cells(row)) expect(cell).not.toMatch(/^[=+\-@]/);
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
      label: '=1+1',
    });
    for (const cell of cells(row)) expect(cell).not.toMatch(/^[=+\-@]/);
  });
});
