/** A program as the page shows it: lines, each with what it is made of and which events it came from. */
import type { Plan, Span } from './plan.ts';

/** What a stretch of a line is, for highlighting: `bytes` are a literal of what travels, `string` any other text. */
export type TokenKind = 'plain' | 'keyword' | 'string' | 'bytes' | 'comment';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A line as a language writes it. */
export interface Written {
  readonly text: string;
  /** Numbers of the events it came from, rising; none for what only holds the program together. */
  readonly seqs: readonly number[];
  /** Of a line that stands for events nobody wrote down: the first and the last of them. */
  readonly span: Span | null;
}

export interface Line extends Written {
  /** The text again, in stretches. */
  readonly tokens: readonly Token[];
}

/** One target. Another language is one more file and a line in `languages.ts`. */
export interface Language {
  /** `Python 3` */
  readonly name: string;
  /** `.py` */
  readonly ending: `.${string}`;
  /** Lines of a whole program that can be run as it stands. */
  readonly write: (plan: Plan) => readonly Written[];
  /** The stretches of one line that `write` gave; together they are the line. */
  readonly tokens: (line: string) => readonly Token[];
}

/** The plan in a language. Pure, and quick for what `codeLimits` lets through. */
export const programOf = (plan: Plan, { write, tokens }: Language): readonly Line[] =>
  write(plan).map((line) => ({ ...line, tokens: tokens(line.text) }));

/** What is copied and saved: ends in a line feed. */
export const textOf = (lines: readonly Written[]): string => lines.map(({ text }) => `${text}\n`).join('');

/** The line of an event: the first that names it, else the one that stands for what is left out. */
export function lineOf(lines: readonly Written[], seq: number): number {
  const named = lines.findIndex(({ seqs }) => seqs.includes(seq));
  if (named >= 0) return named;
  return lines.findIndex(({ span }) => span !== null && span.from <= seq && seq <= span.to);
}
