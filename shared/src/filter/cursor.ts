/** A walk through the tokens of a filter. After the first problem there are no more, so that everything ends. */
import { everything } from './ast.ts';
import type { Filter, FilterProblem } from './ast.ts';
import type { Token, TokenKind } from './lexer.ts';

export class Cursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #problem: FilterProblem | null = null;

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.#tokens = tokens;
  }

  get problem(): FilterProblem | null {
    return this.#problem;
  }

  get next(): Token | undefined {
    return this.peek(0);
  }

  /** The token so many places on. */
  peek(places: number): Token | undefined {
    return this.#problem === null ? this.#tokens[this.#at + places] : undefined;
  }

  /** Where the token before ends. */
  get before(): number {
    return this.#tokens[this.#at - 1]?.to ?? 0;
  }

  get last(): Token | undefined {
    return this.#tokens.at(-1);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  skip(count: number): void {
    this.#at += count;
  }

  take(kind: TokenKind): Token | undefined {
    const token = this.next;
    if (token?.kind !== kind) return undefined;
    this.#at += 1;
    return token;
  }

  /** The words from here on. */
  words(): readonly Token[] {
    const rest = this.#tokens.slice(this.#at);
    const end = rest.findIndex(({ kind }) => kind !== 'word');
    return end < 0 ? rest : rest.slice(0, end);
  }

  report(problem: FilterProblem): Filter {
    this.#problem ??= problem;
    return everything;
  }

  /** `better` stands in the place of the tokens in the fixed text. */
  fail(
    message: string,
    first: Token | undefined,
    last: Token | null = null,
    better: string | null = null,
  ): Filter {
    const end = this.text.trimEnd().length;
    const from = first?.from ?? end;
    const to = last?.to ?? first?.to ?? end;
    const fix = better === null ? null : this.text.slice(0, from) + better + this.text.slice(to);
    return this.report({ message, from, to, fix });
  }
}

export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;
