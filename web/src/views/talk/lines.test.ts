import { describe, expect, it } from 'vitest';
import { escapedRuns } from '@socket-playground/shared/payload/escapes.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { linesOf, linesShown, shownLines } from './lines.ts';

const linesIn = (text: string) =>
  linesOf([...escapedRuns(encodeUtf8(text))]).map((line) => line.map((run) => run.text).join(''));

describe('the lines of a payload', () => {
  it.each([
    ['', ['']],
    ['one', ['one']],
    ['one\n', [String.raw`one\n`]],
    ['GET /\r\nHost: a\r\n\r\n', [String.raw`GET /\r\n`, String.raw`Host: a\r\n`, String.raw`\r\n`]],
    ['\n\nx', [String.raw`\n`, String.raw`\n`, 'x']],
    [String.raw`a\nb`, [String.raw`a\\nb`]],
  ])('of %j are %j', (text, lines) => expect(linesIn(text)).toEqual(lines));

  it('are folded when there are many, and never for the sake of one', () => {
    const lines = linesOf([...escapedRuns(encodeUtf8('x\n'.repeat(linesShown + 2)))]);
    expect(shownLines(lines, false)).toHaveLength(linesShown);
    expect(shownLines(lines, true)).toHaveLength(linesShown + 2);
    expect(shownLines(lines.slice(1), false)).toHaveLength(linesShown + 1);
  });
});
