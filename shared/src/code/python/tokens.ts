/** A line of the Python that `write` gives → its stretches. No literal of it goes on over a line's end. */
import type { Token, TokenKind } from '../program.ts';

const keywords = [
  'as',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'not',
  'and',
  'or',
  'None',
  'True',
  'False',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
];

const pattern = new RegExp(
  [
    String.raw`(?<comment>#.*$)`,
    String.raw`(?<bytes>b"(?:\\.|[^"\\])*"|"(?:\\.|[^"\\])*"(?=\.encode\(\)))`,
    String.raw`(?<string>f?(?:"""[^"]*"""|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))`,
    String.raw`(?<keyword>\b(?:${keywords.join('|')})\b)`,
  ].join('|'),
  'gsu',
);

const kinds = ['comment', 'bytes', 'string', 'keyword'] as const satisfies readonly TokenKind[];

export function tokens(line: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > at) found.push({ kind: 'plain', text: line.slice(at, match.index) });
    const kind = kinds.find((name) => match.groups?.[name] !== undefined) ?? 'plain';
    found.push({ kind, text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < line.length) found.push({ kind: 'plain', text: line.slice(at) });
  return found;
}
