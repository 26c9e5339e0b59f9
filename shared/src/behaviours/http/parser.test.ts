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

it('the fields of a head take no more room than twice their bytes, and are moved a few times', () => {
  const places = new Set<unknown>();
  let parser = after(newParser, 'GET / HTTP/1.1\n');
  for (let field = 0; field < 2_700; field += 1) {
    parser = after(parser, 'a:\n');
    places.add(parser.phase.at === 'fields' && parser.phase.fields.room.buffer);
  }
  const { phase } = parser;
  if (phase.at !== 'fields') throw new Error('The head is over.');
  expect(Object.keys(phase).sort()).toEqual(['at', 'fields', 'line']);
  expect(phase.fields.size).toBe(2_700 * 3);
  expect(phase.fields.room.length).toBeLessThanOrEqual(2 * phase.fields.size);
  expect(places.size).toBeLessThan(20);
});
