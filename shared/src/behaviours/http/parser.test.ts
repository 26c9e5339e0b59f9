/** What a head costs while it comes: what came before is not copied for each byte, nor for each field. */
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../payload/utf8.ts';
import { newParser, parse } from './parser.ts';
import type { Parser } from './parser.ts';

const after = (parser: Parser, text: string) => parse(parser, encodeUtf8(text)).parser;

it('a line that comes byte by byte is moved a few times', () => {
  const places = new Set<unknown>();
  let parser = newParser;
  for (let byte = 0; byte < 8_000; byte += 1) {
    parser = after(parser, 'a');
    places.add(parser.line.room.buffer);
  }
  expect(parser.line.size).toBe(8_000);
  expect(places.size).toBeLessThan(20);
});

it('a field is put to those before it, which stay where they are', () => {
  const fieldsOf = ({ phase }: Parser) => (phase.at === 'fields' ? phase.fields : null);
  const first = after(newParser, 'GET / HTTP/1.1\nhost: a\n');
  const second = after(first, 'a: b\n');
  expect(fieldsOf(second)).toMatchObject({ last: { name: 'a' }, before: { last: { name: 'host' } } });
  expect(fieldsOf(second)?.before).toBe(fieldsOf(first));
});
