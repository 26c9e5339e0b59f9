import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LessonLog } from '../../test/lesson-log.ts';
import { piecesOf } from '../../test/lesson-conduct.ts';
import type { SocketEvent } from '../events/event.ts';
import type { Contents } from './checks.ts';
import { hasContents } from './contents.ts';
import { Facts } from './facts.ts';
import type { Names } from './names.ts';

const names: Names = {
  ...{ vars: { WORD: 'otter' }, machine: { name: 'here', platform: 'linux' }, facts: new Facts([]) },
  thing: () => undefined,
};
const dataOf = (event: SocketEvent) => ('data' in event ? event.data : null);

/** Whether these pieces, one after the other, hold what is asked for. */
function holds(contents: Contents, ...pieces: (string | Uint8Array)[]): boolean {
  const log = new LessonLog();
  for (const piece of pieces) log.received(1, piece);
  return hasContents([...log.events(1)], contents, names, dataOf);
}

describe('a stream', () => {
  it.each<[Contents, string[], boolean]>([
    [{ line: '${WORD}' }, ['ot', 'ter\n'], true],
    [{ line: '${WORD}' }, ['otter\r\n'], true],
    [{ line: '${WORD}' }, ['otter'], false],
    [{ line: '${WORD}' }, ['otters\n'], false],
    [{ line: '${WORD}' }, ['hello\notter\n'], true],
    [{ line: { not: '${WORD}' } }, ['ot'], false],
    [{ line: { not: '${WORD}' } }, ['otter\n'], false],
    [{ line: { not: '${WORD}' } }, ['hapy\n'], true],
    [{ text: '${WORD}' }, ['ot', 'ter'], true],
    [{ text: '${WORD}' }, ['otter\n'], false],
    [{ contains: 'tt' }, ['ot', 'ter'], true],
    [{ starts: 'GET ' }, ['GE', 'T /'], true],
    [{ starts: 'GET ' }, [' GET /'], false],
    [{ matches: '^a+b$' }, ['aa', 'b'], true],
    [{ hex: '0d 0a' }, ['x\r', '\n'], true],
    [{ size: 3 }, ['ab'], false],
    [{ size: 3 }, ['ab', 'c'], true],
    [{ size: 0 }, [], false],
  ])('%j in %j: %s', (contents, pieces, wanted) => {
    expect(holds(contents, ...pieces)).toBe(wanted);
  });

  it('is judged the same however it was cut', () => {
    const text = 'hello\r\notter\nGET /\n';
    const any = fc.constantFrom<Contents>(
      { line: 'hello' },
      { line: 'GET /' },
      { contains: 'er\nG' },
      { text: 'no' },
    );
    fc.assert(
      fc.property(piecesOf(text), any, (pieces, contents) => {
        expect(holds(contents, ...pieces)).toBe(holds(contents, text));
      }),
    );
  });

  it('of any bytes is found by its hex', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
        expect(holds({ hex }, new Uint8Array([7]), bytes)).toBe(true);
      }),
    );
  });
});
