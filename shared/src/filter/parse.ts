/**
 * A filter's text → what it asks for, or what is wrong and where.
 *
 *     filter  = side { ("or" | "||") side }
 *     side    = part { ["and" | "&&"] part }             neighbours must both hold
 *     part    = ("not" | "!") part | "(" filter ")" | test
 *     test    = field op value | field "in" "{" value, … "}" | "contains" what | "matches" /…/ | #3 | word | "text"
 *
 * What was typed before there were fields keeps its meaning: `port 8888`, `to server`, `hex 0d 0a`, free words.
 */
import { filterLimits } from '../limits.ts';
import { visible } from '../payload/visible.ts';
import { joined } from './ast.ts';
import type { Filter, ParsedFilter, TermPlace } from './ast.ts';
import { Cursor } from './cursor.ts';
import type { Known } from './field-value.ts';
import { lex } from './lexer.ts';
import type { Token } from './lexer.ts';
import { readTest } from './read-test.ts';

const nothingKnown: Known = { protocols: [], shown: [] };

/**
 * Never throws. An empty text asks for everything. The fix of a problem is that of all that are found behind it, too:
 * it can be read, or there is none.
 */
export function parse(text: string, known: Known = nothingKnown): ParsedFilter {
  const parsed = parseOnce(text, known);
  if (parsed.ok) return parsed;
  return { ok: false, problem: { ...parsed.problem, fix: readableFix(parsed.problem.fix, known) } };
}

function readableFix(first: string | null, known: Known): string | null {
  let fix = first;
  for (let round = 0; round < filterLimits.fixes && fix !== null; round += 1) {
    const fixed = parseOnce(fix, known);
    if (fixed.ok) return fix;
    ({ fix } = fixed.problem);
  }
  return null;
}

function parseOnce(text: string, known: Known): ParsedFilter {
  if (text.length > filterLimits.characters) {
    const message = `A filter has at most ${filterLimits.characters} characters.`;
    return { ok: false, problem: { message, from: filterLimits.characters, to: text.length, fix: null } };
  }
  const lexed = lex(text);
  return lexed.ok ? new Parser(new Cursor(text, lexed.tokens), known).parse() : lexed;
}

const allOf = (terms: readonly TermPlace[]): Filter =>
  joined(
    'and',
    terms.map(({ filter }) => filter),
  );

class Parser {
  readonly #cursor: Cursor;
  readonly #known: Known;
  #depth = 0;

  constructor(cursor: Cursor, known: Known) {
    this.#cursor = cursor;
    this.#known = known;
  }

  parse(): ParsedFilter {
    const cursor = this.#cursor;
    const terms = cursor.next === undefined ? [] : this.#filter();
    if (cursor.next !== undefined) {
      cursor.fail('This “)” closes nothing: remove it, or put it in quotes.', cursor.next, null, '');
    }
    const { problem } = cursor;
    return problem === null ? { ok: true, terms, filter: allOf(terms) } : { ok: false, problem };
  }

  /** The filters that must all hold: several, unless there is an `or`. */
  #filter(): readonly TermPlace[] {
    const from = this.#cursor.next?.from ?? 0;
    const first = this.#side();
    const sides = [first];
    while (this.#cursor.take('or') !== undefined) sides.push(this.#side());
    if (sides.length === 1) return first;
    return [{ filter: joined('or', sides.map(allOf)), from, to: this.#cursor.before, isChoice: true }];
  }

  #side(): readonly TermPlace[] {
    const terms: TermPlace[] = [];
    do {
      const from = this.#cursor.next?.from ?? 0;
      const filter = this.#part();
      terms.push({ filter, from, to: this.#cursor.before, isChoice: false });
    } while (this.#cursor.take('and') !== undefined || this.#beginsPart());
    return terms;
  }

  #beginsPart(): boolean {
    const kind = this.#cursor.next?.kind;
    return kind !== undefined && kind !== 'or' && kind !== ')';
  }

  #part(): Filter {
    if (this.#depth >= filterLimits.depth) {
      return this.#cursor.fail('Too many brackets within brackets.', this.#cursor.next);
    }
    this.#depth += 1;
    const part = this.#notOrTest();
    this.#depth -= 1;
    return part;
  }

  #notOrTest(): Filter {
    const cursor = this.#cursor;
    const not = cursor.take('not');
    if (not !== undefined) {
      if (cursor.next !== undefined) return { is: 'not', part: this.#part() };
      return cursor.fail('“not” needs something after it, as in: not opened.', not);
    }
    const open = cursor.take('(');
    if (open !== undefined) return this.#group(open);
    if (cursor.next !== undefined) return readTest(cursor, this.#known);
    const words = visible(cursor.last?.text ?? '');
    return cursor.fail(`“${words}” needs something after it, as in: sent or received.`, cursor.last);
  }

  #group(open: Token): Filter {
    const cursor = this.#cursor;
    const close = cursor.take(')');
    if (close !== undefined) {
      return cursor.fail('Between the brackets stands a filter, as in: (sent or received).', open, close);
    }
    const inside = allOf(this.#filter());
    if (cursor.take(')') !== undefined || cursor.problem !== null) return inside;
    const { from, to } = open;
    return cursor.report({ message: 'This “(” is not closed: add a “)”.', from, to, fix: `${cursor.text})` });
  }
}
