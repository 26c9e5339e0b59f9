/** Patterns against JavaScript's own, where both can say the same; and what they take. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../payload/utf8.ts';
import { patternOf } from './pattern.ts';

const test = (words: string, text: string) => {
  const parsed = patternOf(words);
  if (!parsed.ok) throw new Error(parsed.wrong);
  const bytes = encodeUtf8(text);
  return parsed.pattern.test(bytes, 0, bytes.length);
};

describe('a pattern', () => {
  it('matches what the same expression of JavaScript matches', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '^',
      '$',
      String.raw`\b`,
      String.raw`\B`,
      String.raw`\w`,
    );
    const source = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        piece,
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
        fc
          .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
          .map(([a, count]) => `(?:${a})${count}`),
      ),
    })).node;
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(source, fc.constantFrom('', 'i', 'm', 's', 'ims'), text, (pattern, flags, among) => {
        expect(test(`/${pattern}/${flags}`, among)).toBe(new RegExp(pattern, flags).test(among));
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes no longer for a runaway pattern', () => {
    const begin = performance.now();
    expect(test('/^(a+)+$/', `${'a'.repeat(100_000)}b`)).toBe(false);
    expect(test('/(a?){200}a{200}b/', 'a'.repeat(20_000))).toBe(false);
    expect(test('/(.*a){12}x/s', 'ab'.repeat(20_000))).toBe(false);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it('finds letters beyond ASCII, and refuses them where one byte stands', () => {
    expect(test('/é+/', 'caféé')).toBe(true);
    expect(patternOf('/[é]/')).toMatchObject({ ok: false, at: 2 });
  });
});
