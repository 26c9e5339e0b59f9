/** Looking through whole payloads finds what a naive look at each of them finds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patternOf } from '../filter/pattern/pattern.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { Block } from './block.ts';
import { lookFor } from './look.ts';
import type { Sought } from './look.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', '\n', ' ', 'needle'), { maxLength: 120 })
  .map((all) => all.join(''));
const words = fc.constantFrom(
  ...['/needle$/', '/^a/m', String.raw`/b\b/`, '/(a|b){3}$/', '/./s', '/NEEDLE a/i', '/x/'],
);

function found(sought: Sought, payloads: readonly string[], longerThan: number): readonly number[] {
  const block = new Block(1, new Uint8Array(1 << 20));
  for (const [index, payload] of payloads.entries()) {
    const data = encodeUtf8(payload);
    block.append({ seq: index + 1, time: 1, socket: 1, type: 'received', size: data.length, data });
  }
  const prepared = lookFor(sought);
  if (!prepared.ok) throw new Error(prepared.problem.message);
  const looking = prepared.look({ block, from: 1, to: payloads.length, longerThan });
  for (let step = looking.next(); ; step = looking.next()) if (step.done === true) return step.value;
}

function naive(pattern: string, payloads: readonly string[], longerThan: number): readonly number[] {
  const end = pattern.lastIndexOf('/');
  const expression = new RegExp(pattern.slice(1, end), pattern.slice(end + 1));
  return payloads.flatMap((payload, index) =>
    payload.length > longerThan && expression.test(payload) ? [index + 1] : [],
  );
}

it('for a pattern, as the same expression of JavaScript does', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), words, fc.nat(40), (all, pattern, longerThan) => {
      expect(found({ is: 'pattern', words: pattern }, all, longerThan)).toEqual(
        naive(pattern, all, longerThan),
      );
    }),
  );
});

it('what the first bytes settle is so in the whole', () => {
  fc.assert(
    fc.property(text, words, fc.nat(200), (whole, pattern, cut) => {
      const parsed = patternOf(pattern);
      if (!parsed.ok) throw new Error(parsed.wrong);
      const bytes = encodeUtf8(whole);
      const here = Math.min(cut, bytes.length);
      if (parsed.pattern.test(bytes, 0, here, false)) expect(naive(pattern, [whole], -1)).toEqual([1]);
    }),
  );
});

it('for bytes, in either case when asked to', () => {
  const bytes = encodeUtf8('NEEDLE');
  const payloads = ['a', 'a needle', 'NEEDLE'];
  expect(found({ is: 'bytes', bytes, anyCase: true }, payloads, 0)).toEqual([2, 3]);
  expect(found({ is: 'bytes', bytes, anyCase: false }, payloads, 0)).toEqual([3]);
});

it.each(['', '/', 'abc', '/(/', '/a{300}/', `/${'(a|b){200}'.repeat(40)}/`, '/a/x'])(
  'says what is wrong with %j',
  (pattern) => {
    const prepared = lookFor({ is: 'pattern', words: pattern });
    expect(prepared).toMatchObject({ ok: false, problem: { code: 'bad-pattern' } });
  },
);
