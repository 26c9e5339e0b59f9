/** What `contains`, `hex` and quotes look for: text in any case, or very bytes. */
import { parseEscapes } from '../payload/escapes.ts';
import { parseHex } from '../payload/hex.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import { visible } from '../payload/visible.ts';
import type { Contains } from './ast.ts';
import type { Token } from './lexer.ts';
import { textTest } from './words.ts';

/** `took`: how many of the words given it is made of. */
export type Content =
  | { readonly ok: true; readonly test: Contains; readonly took: number }
  | { readonly ok: false; readonly wrong: string; readonly first: Token; readonly last: Token | null };

const twoDigits = /^[\da-f]{2}$/i;

/** Text in quotes, with the escapes of the composer and `\"`. */
export function readText(token: Token): Content {
  if (token.text === '') return wrong('Between the quotes stands what to look for.', token);
  const parsed = parseEscapes(token.text.replaceAll(String.raw`\"`, String.raw`\x22`));
  if (!parsed.ok) return wrong(parsed.wrong, token);
  const { bytes } = parsed;
  return { ok: true, test: { is: 'contains', bytes, text: decodeUtf8(bytes).toLowerCase() }, took: 0 };
}

const wrong = (text: string, first: Token, last: Token | null = null): Content => ({
  ok: false,
  wrong: text,
  first,
  last,
});

/** Bytes when it is hex, with the pairs of digits that follow; otherwise the word as text. */
export function readBytes(before: Token, words: readonly Token[]): Content {
  const [word] = words;
  if (word === undefined) {
    return wrong(
      'What should it contain? Text in quotes or bytes in hex, as in: contains "hello", contains 0d0a.',
      before,
    );
  }
  if (!parseHex(word.text).ok) return { ok: true, test: textTest(word.text), took: 1 };
  const end = words.findIndex(({ text }, index) => index > 0 && !twoDigits.test(text));
  return bytesOf(words.slice(0, end < 0 ? undefined : end));
}

/** As many of the words as are hex. */
export function readHex(before: Token, words: readonly Token[]): Content {
  const end = words.findIndex(({ text }) => !parseHex(text).ok);
  const taken = end < 0 ? words : words.slice(0, end);
  const [next] = words;
  if (taken.length > 0) return bytesOf(taken);
  const found = next === undefined ? '' : ` “${visible(next.text)}” is none.`;
  return wrong(`Bytes are pairs of hex digits, as in: hex 0d 0a.${found}`, next ?? before);
}

function bytesOf(words: readonly Token[]): Content {
  const parsed = parseHex(words.map(({ text }) => text).join(' '));
  const [first] = words;
  if (parsed.ok && parsed.bytes.length > 0) {
    return { ok: true, test: { is: 'contains', bytes: parsed.bytes, text: null }, took: words.length };
  }
  if (first === undefined) throw new RangeError('There are words.');
  return wrong('Bytes are pairs of hex digits, as in: hex 0d 0a.', first, words.at(-1) ?? null);
}
