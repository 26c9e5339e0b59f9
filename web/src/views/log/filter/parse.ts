/**
 * What a person types into Filter → terms.
 *
 *     #3                 one socket                      sent  received  failed  opened …   by type
 *     port 8888  :8888   either end                      to server  to client  → ←          by direction
 *     host 127.0.0.1     either end                      tcp  udp
 *     hello  "two words" text in payload or Info         hex 0d 0a  bytes in the payload
 *                                                        not …  turns the next one round
 *
 * What a column shows may be typed as it stands there: `8888`, `127.0.0.1`, `127.0.0.1:8888` are looked for at both
 * ends and in the text, in quotes only in the text. The first letters of a type are that type, or text.
 */
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import { parseHex } from '@socket-playground/shared/payload/hex.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import type { ParsedFilter, Term, Test } from './terms.ts';

type Token = { readonly text: string; readonly quoted: boolean };
/** A test and how many tokens it took, or what is wrong. */
type Read = { readonly test: Test; readonly took: number } | { readonly wrong: string };

const highestPort = 65_535;
const leastOfType = 3;
const types: ReadonlySet<string> = new Set([...eventTypes, 'gap']);
const quotes = /"([^"]*)("|$)|\S+/gy;
const spaces = /\s*/y;

export function parseFilter(text: string): ParsedFilter {
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) return { ok: false, wrong: tokens.wrong };
  const terms: Term[] = [];
  let at = 0;
  while (at < tokens.length) {
    const not = isWord(tokens[at], 'not');
    const start = not ? at + 1 : at;
    const read = readTest(tokens, start);
    if ('wrong' in read) return { ok: false, wrong: read.wrong };
    at = start + read.took;
    terms.push({ not, test: read.test, words: wordsOf(tokens.slice(start, at)) });
  }
  return { ok: true, terms };
}

const wordsOf = (tokens: readonly Token[]) =>
  tokens.map(({ text, quoted }) => (quoted ? `"${text}"` : text)).join(' ');

function tokensOf(text: string): Token[] | { wrong: string } {
  const tokens: Token[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    quotes.lastIndex = at;
    const [whole = '', inside, end] = quotes.exec(text) ?? [];
    if (inside !== undefined && end === '') return { wrong: 'The quote is not closed: add another ".' };
    tokens.push({ text: inside ?? whole, quoted: inside !== undefined });
    at = skip(text, at + Math.max(whole.length, 1));
  }
  return tokens;
}

function skip(text: string, at: number): number {
  spaces.lastIndex = at;
  return at + (spaces.exec(text)?.[0].length ?? 0);
}

const isWord = (token: Token | undefined, word: string) =>
  token?.quoted === false && token.text.toLowerCase() === word;

function readTest(tokens: readonly Token[], at: number): Read {
  const token = tokens[at];
  if (token === undefined) return { wrong: '“not” needs something after it, as in: not opened.' };
  if (token.quoted) return quoted(token.text);
  const word = token.text.toLowerCase();
  if (word.startsWith('#')) return socket(word);
  if (word === 'port') return port(tokens[at + 1]);
  if (word === 'hex') return hex(tokens.slice(at + 1));
  if (word === 'to') return towards(tokens[at + 1]);
  if (word === 'host') return host(tokens[at + 1]);
  return simple(word) ?? anyOf([...shownBy(word), textTest(token.text)]);
}

const one = (test: Test): Read => ({ test, took: 1 });

function simple(word: string): Read | null {
  if (/^:\d+$/.test(word)) return { ...port({ text: word.slice(1), quoted: false }), took: 1 };
  if (types.has(word)) return one({ is: 'type', types: [word] });
  if (word === '→' || word === '->') return one({ is: 'direction', direction: 'to-server' });
  if (word === '←' || word === '<-') return one({ is: 'direction', direction: 'to-client' });
  if (word === 'tcp') return one({ is: 'protocol', socketType: 'stream' });
  if (word === 'udp') return one({ is: 'protocol', socketType: 'dgram' });
  return null;
}

function socket(word: string): Read {
  const number = Number(word.slice(1));
  if (!/^#\d+$/.test(word) || !Number.isSafeInteger(number) || number < 1) {
    return { wrong: 'A socket is “#” and its number, as in #3.' };
  }
  return one({ is: 'socket', socket: number });
}

function port(token: Token | undefined): Read {
  const number = Number(token?.text ?? '');
  if (token === undefined || !/^\d+$/.test(token.text) || number > highestPort) {
    return { wrong: 'A port is a number from 0 to 65535, as in: port 8888.' };
  }
  return { test: { is: 'port', port: number }, took: 2 };
}

function towards(token: Token | undefined): Read {
  if (isWord(token, 'server')) return { test: { is: 'direction', direction: 'to-server' }, took: 2 };
  if (isWord(token, 'client')) return { test: { is: 'direction', direction: 'to-client' }, took: 2 };
  return text('to');
}

function host(token: Token | undefined): Read {
  const test = hostTest(token?.text.toLowerCase() ?? '');
  return test === null ? text('host') : { test, took: 2 };
}

const ipv4 = /^\d+(?:\.\d+){3}$/;
const beginOfIpv4 = /^\d+\.(?:\d+\.?){0,2}$/;
const ipv6 = /^(?=.*:.*:)[\da-f:.]+$/;
const ipv6InBrackets = /^\[([\da-f:.]+)\]$/;
const withPort = /^(\d+(?:\.\d+){3}|\[[\da-f:.]+\]):(\d{1,5})$/;

function hostTest(word: string): Test | null {
  const bare = ipv6InBrackets.exec(word)?.[1] ?? word;
  if (ipv4.test(bare) || ipv6.test(bare)) return { is: 'host', host: bare, whole: true };
  return beginOfIpv4.test(word) ? { is: 'host', host: word, whole: false } : null;
}

function addressTest(word: string): Test | null {
  const [, end, digits] = withPort.exec(word) ?? [];
  if (end === undefined || Number(digits) > highestPort) return null;
  return { is: 'address', host: ipv6InBrackets.exec(end)?.[1] ?? end, port: Number(digits) };
}

function portTest(word: string): Test | null {
  return /^\d{1,5}$/.test(word) && Number(word) <= highestPort ? { is: 'port', port: Number(word) } : null;
}

function typeTest(word: string): Test | null {
  const begun = word.length < leastOfType ? [] : [...types].filter((type) => type.startsWith(word));
  return begun.length === 0 ? null : { is: 'type', types: begun };
}

/** What a word can be beside text, when a column shows it so. */
function shownBy(word: string): Test[] {
  const tests = [portTest(word), addressTest(word), hostTest(word.replace(/(?<=\d):$/, '')), typeTest(word)];
  return tests.filter((test) => test !== null);
}

/** As many of the following tokens as are hex. */
function hex(tokens: readonly Token[]): Read {
  const end = tokens.findIndex(({ text: digits }) => !parseHex(digits).ok);
  const took = end < 0 ? tokens.length : end;
  const parsed = parseHex(
    tokens
      .slice(0, took)
      .map((token) => token.text)
      .join(' '),
  );
  if (took === 0 || !parsed.ok || parsed.bytes.length === 0) {
    const found = tokens[0] === undefined ? '' : ` “${visible(tokens[0].text)}” is none.`;
    return { wrong: `Bytes are pairs of hex digits, as in: hex 0d 0a.${found}` };
  }
  return { test: { is: 'bytes', bytes: parsed.bytes, text: null }, took: took + 1 };
}

const quoted = (content: string): Read =>
  content === '' ? { wrong: 'Between the quotes stands what to look for.' } : text(content);

const textTest = (content: string): Test => ({
  is: 'bytes',
  bytes: encodeUtf8(content),
  text: content.toLowerCase(),
});

const text = (content: string): Read => one(textTest(content));

const anyOf = (tests: readonly [...Test[], Test]): Read =>
  one(tests.length === 1 ? tests[0] : { is: 'any', tests });
