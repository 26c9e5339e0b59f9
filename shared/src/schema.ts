/**
 * Schemas that say what they expect: the message of each issue is the words that fit behind "should be",
 * so that a refusal can be told without knowing the schema.
 */
import * as z from 'zod/mini';

/** What a value should have been: `an integer from 1 to 65535`. */
export const expects = (words: string) => ({ error: words });

/** What should have been there instead of something that is no object; its fields have their own words. */
export const expectsObject = (words: string) => ({
  error: ({ code }: { readonly code?: string }) => (code === 'invalid_type' ? words : undefined),
});

/** An integer in a closed range. */
export function integer(least: number, most: number, meaning?: string) {
  const words = expects(meaning ?? `an integer from ${least} to ${most}`);
  return z.int(words).check(z.minimum(least, words), z.maximum(most, words));
}

/** `a, b or c`. */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

/** One of a few words. */
export function oneOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.enum(names, expects(anyOf(names.map((name) => `"${name}"`))));
}

export const flag = z.boolean(expects('true or false'));

/** Text of a length in characters (UTF-16 units). */
export function characters(least: number, most: number) {
  const words = expects(`text of ${least} to ${most} characters`);
  return z.string(words).check(z.minLength(least, words), z.maxLength(most, words));
}
