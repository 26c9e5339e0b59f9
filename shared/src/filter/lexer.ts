/** Text of a filter → tokens with their places. */
import type { FilterProblem } from './ast.ts';

export type TokenKind =
  'word' | 'text' | 'pattern' | 'op' | '(' | ')' | '{' | '}' | ',' | 'and' | 'or' | 'not';

export interface Token {
  readonly kind: TokenKind;
  /** As it was typed, without the quotes of a text. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export type Lexed =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly problem: FilterProblem };

const spaces = /\s*/y;
const marks = /&&|\|\||->|<-|→|←|==|!=|<=|>=|[=<>!(){}]/y;
const quoted = /"((?:[^"\\]|\\.)*)("?)/sy;
const pattern = /\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])*)(\/?)([a-z]*)/sy;
const word = /(?:(?!&&|\|\||!=)[^\s"(){}<>=])+/y;
const wordInSet = /[^\s"(){}<>=,]+/y;
/** Words that stand for marks. */
const spoken: ReadonlyMap<string, TokenKind> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
]);
const kinds: ReadonlyMap<string, TokenKind> = new Map([
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
  ['(', '('],
  [')', ')'],
  ['{', '{'],
  ['}', '}'],
  ['->', 'word'],
  ['<-', 'word'],
  ['→', 'word'],
  ['←', 'word'],
]);

function exec(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}

const skip = (text: string, at: number) => at + (exec(spaces, text, at)?.[0].length ?? 0);

/** Never fails but for a quote or a pattern that is not closed. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  let inSet = false;
  for (let at = skip(text, 0); at < text.length; at = skip(text, tokens.at(-1)?.to ?? text.length)) {
    const token = tokenAt(text, at, { inSet, afterMatches: isMatches(tokens.at(-1)) });
    if ('message' in token) return { ok: false, problem: token };
    if (token.kind === '{') inSet = true;
    else if (token.kind === '}') inSet = false;
    tokens.push(token);
  }
  return { ok: true, tokens };
}

const isMatches = (token: Token | undefined) =>
  token?.kind === 'word' && token.text.toLowerCase() === 'matches';

interface Around {
  readonly inSet: boolean;
  readonly afterMatches: boolean;
}

function tokenAt(text: string, at: number, { inSet, afterMatches }: Around): Token | FilterProblem {
  const first = text[at];
  if (first === '"') return textAt(text, at);
  if (first === '/' && afterMatches) return patternAt(text, at);
  if (first === ',' && inSet) return { kind: ',', text: ',', from: at, to: at + 1 };
  const [mark] = exec(marks, text, at) ?? [];
  if (mark !== undefined)
    return { kind: kinds.get(mark) ?? 'op', text: mark, from: at, to: at + mark.length };
  const [found = text.charAt(at)] = exec(inSet ? wordInSet : word, text, at) ?? [];
  const kind = spoken.get(found.toLowerCase()) ?? 'word';
  return { kind, text: found, from: at, to: at + found.length };
}

function textAt(text: string, at: number): Token | FilterProblem {
  const [whole = '', inside = '', end] = exec(quoted, text, at) ?? [];
  if (end === '"') return { kind: 'text', text: inside, from: at, to: at + whole.length };
  return unclosed(text, at, 'The quote is not closed: add another ".', '"');
}

function patternAt(text: string, at: number): Token | FilterProblem {
  const [whole = '', , end] = exec(pattern, text, at) ?? [];
  if (end === '/') return { kind: 'pattern', text: whole, from: at, to: at + whole.length };
  return unclosed(
    text,
    at,
    'The pattern is not closed: it stands between two slashes, as in /GET|POST/.',
    '/',
  );
}

const unclosed = (text: string, from: number, message: string, end: string): FilterProblem => ({
  message,
  from,
  to: text.length,
  fix: text.endsWith('\\') ? null : text + end,
});
