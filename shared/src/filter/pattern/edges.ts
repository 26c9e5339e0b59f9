/** What a pattern's assertions look at: the byte before a place and the one behind it. */
import { isWordByte } from './syntax.ts';
import type { Assertion } from './syntax.ts';

/** What stands behind the last byte. */
export const endOfBytes = 256;
const newline = 0x0a;

/** What stands before the next byte. */
export const before = { nothing: 0, newline: 1, word: 2, other: 3 } as const;
export type Before = (typeof before)[keyof typeof before];

export function kindOf(symbol: number): Before {
  if (symbol === newline) return before.newline;
  return isWordByte(symbol) ? before.word : before.other;
}

export function holds(what: Assertion, after: Before, symbol: number, eachLine: boolean): boolean {
  const isEdge = (after === before.word) !== (symbol !== endOfBytes && isWordByte(symbol));
  switch (what) {
    case 'begin':
      return after === before.nothing || (eachLine && after === before.newline);
    case 'end':
      return symbol === endOfBytes || (eachLine && symbol === newline);
    case 'edge':
      return isEdge;
    case 'no-edge':
      return !isEdge;
  }
}
