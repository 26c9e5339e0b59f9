/**
 * Regular expressions of JavaScript's spelling, over bytes: literals, `.`, `[…]`, `(…)`, `(?:…)`, `|`, `* + ? {n,m}`,
 * `^ $ \b \B`, `\d \w \s` and their opposites, `\n \r \t \f \v \0 \xNN`. A letter beyond ASCII is its bytes in UTF-8.
 * What only backtracking can do (references, looking around) is refused.
 */
import { encodeUtf8 } from '../../payload/utf8.ts';
import { filterLimits } from '../../limits.ts';

export type Assertion = 'begin' | 'end' | 'edge' | 'no-edge';

export type Node =
  /** One byte: 1 where it may be that byte. */
  | { readonly is: 'set'; readonly set: Uint8Array }
  | { readonly is: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly is: 'repeat'; readonly part: Node; readonly least: number; readonly most: number | null }
  | { readonly is: 'assert'; readonly what: Assertion };

/** `at` counts from the beginning of the pattern. */
export type Syntax =
  | { readonly ok: true; readonly node: Node }
  | { readonly ok: false; readonly wrong: string; readonly at: number };

export interface Flags {
  readonly anyCase: boolean;
  readonly dotAll: boolean;
}

const values = 256;
const newline = 0x0a;
const setOf = (has: (byte: number) => boolean) =>
  Uint8Array.from({ length: values }, (_, byte) => (has(byte) ? 1 : 0));
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
export const isWordByte = (byte: number): boolean =>
  isDigit(byte) || byte === 0x5f || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a && byte < 0x80);
const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

const classes: ReadonlyMap<string, Uint8Array> = new Map([
  ['d', setOf(isDigit)],
  ['D', setOf((byte) => !isDigit(byte))],
  ['w', setOf(isWordByte)],
  ['W', setOf((byte) => !isWordByte(byte))],
  ['s', setOf(isSpace)],
  ['S', setOf((byte) => !isSpace(byte))],
]);
const control: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['f', 0x0c],
  ['v', 0x0b],
  ['0', 0x00],
]);
const counts = /\{(\d{1,6})(?:(,)(\d{0,6}))?\}/y;
const hexByte = /x([\da-f]{2})/iy;
const letter = /[a-z1-9]/i;

function otherCase(byte: number): number {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a && byte < 0x80 ? byte ^ 0x20 : byte;
}

export function parsePattern(source: string, flags: Flags): Syntax {
  return new Reader(source, flags).read();
}

class Reader {
  readonly #source: string;
  readonly #flags: Flags;
  #at = 0;
  #depth = 0;
  #wrong: { readonly wrong: string; readonly at: number } | null = null;

  constructor(source: string, flags: Flags) {
    this.#source = source;
    this.#flags = flags;
  }

  read(): Syntax {
    const node = this.#choice();
    if (this.#next === ')') this.#fail('This “)” closes nothing; write \\) for the character.');
    return this.#wrong === null ? { ok: true, node } : { ok: false, ...this.#wrong };
  }

  /** Empty at the end, and after something was wrong. */
  get #next(): string {
    return this.#wrong === null ? this.#source.charAt(this.#at) : '';
  }

  #fail(wrong: string, at = this.#at): Node {
    this.#wrong ??= { wrong, at };
    return { is: 'sequence', parts: [] };
  }

  #choice(): Node {
    const parts = [this.#sequence()];
    while (this.#next === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return parts.length === 1 ? (parts[0] ?? { is: 'sequence', parts }) : { is: 'choice', parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#next !== '' && this.#next !== '|' && this.#next !== ')') parts.push(this.#repeated());
    return { is: 'sequence', parts };
  }

  #repeated(): Node {
    const part = this.#atom();
    const range = this.#range();
    if (range === null) return part;
    const [least, most] = range;
    // Whether it takes much or little changes where a match ends, not whether there is one.
    if (this.#next === '?') this.#at += 1;
    if (this.#next !== '' && '*+?'.includes(this.#next))
      return this.#fail('Nothing stands here that could be repeated.');
    if (Math.max(least, most ?? 0) > filterLimits.patternRepeats) {
      return this.#fail(`Nothing is repeated more than ${filterLimits.patternRepeats} times.`);
    }
    if (most !== null && most < least) return this.#fail('The smaller number comes first, as in {2,5}.');
    return { is: 'repeat', part, least, most };
  }

  #range(): readonly [number, number | null] | null {
    const simple = { '*': [0, null], '+': [1, null], '?': [0, 1] } as const;
    const mark = this.#next;
    if (mark === '*' || mark === '+' || mark === '?') {
      this.#at += 1;
      return simple[mark];
    }
    counts.lastIndex = this.#at;
    const [whole, least, comma, most] = (mark === '{' ? counts.exec(this.#source) : null) ?? [];
    if (whole === undefined) return null;
    this.#at += whole.length;
    if (comma === undefined) return [Number(least), Number(least)];
    return [Number(least), most === '' || most === undefined ? null : Number(most)];
  }

  #atom(): Node {
    const start = this.#at;
    const mark = this.#take();
    switch (mark) {
      case '(':
        return this.#group(start);
      case '[':
        return this.#set(start);
      case '\\':
        return this.#escape(start);
      case '.':
        return { is: 'set', set: setOf((byte) => this.#flags.dotAll || byte !== newline) };
      case '^':
        return { is: 'assert', what: 'begin' };
      case '$':
        return { is: 'assert', what: 'end' };
      case '*':
      case '+':
      case '?':
        return this.#fail(`Nothing stands before “${mark}”; write \\${mark} for the character.`, start);
      default:
        return this.#literal(mark);
    }
  }

  #take(): string {
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    return character;
  }

  #literal(character: string): Node {
    const parts = Array.from(encodeUtf8(character), (byte) => this.#byte(byte));
    return parts.length === 1 ? (parts[0] ?? { is: 'sequence', parts }) : { is: 'sequence', parts };
  }

  #byte(byte: number): Node {
    const other = this.#flags.anyCase ? otherCase(byte) : byte;
    return { is: 'set', set: setOf((each) => each === byte || each === other) };
  }

  #group(start: number): Node {
    if (this.#next === '?') {
      if (!this.#source.startsWith('?:', this.#at)) {
        return this.#fail(
          'Looking ahead, looking behind and names are not part of these patterns; (…) and (?:…) are.',
          start,
        );
      }
      this.#at += 2;
    }
    this.#depth += 1;
    if (this.#depth > filterLimits.depth) return this.#fail('Too many brackets within brackets.', start);
    const inside = this.#choice();
    this.#depth -= 1;
    if (this.#next !== ')') return this.#fail('This “(” is not closed; write \\( for the character.', start);
    this.#at += 1;
    return inside;
  }

  #escape(start: number): Node {
    const name = this.#source.charAt(this.#at);
    if (name === 'b' || name === 'B') {
      this.#at += 1;
      return { is: 'assert', what: name === 'b' ? 'edge' : 'no-edge' };
    }
    const known = this.#escaped(start);
    if (known === null) return this.#fail('');
    return typeof known === 'number' ? this.#byte(known) : { is: 'set', set: known };
  }

  /** A byte or a class, after the backslash; null when it is neither, and `#wrong` says why. */
  #escaped(start: number): number | Uint8Array | null {
    const name = this.#source.charAt(this.#at);
    hexByte.lastIndex = this.#at;
    const [hex, digits] = hexByte.exec(this.#source) ?? [];
    if (hex !== undefined && digits !== undefined) {
      this.#at += hex.length;
      return Number.parseInt(digits, 16);
    }
    this.#at += name.length;
    const found = classes.get(name) ?? control.get(name);
    if (found !== undefined) return found;
    const code = name.charCodeAt(0);
    if (name === '' || letter.test(name) || code > 0x7f) {
      this.#fail(
        /[1-9k]/.test(name)
          ? 'A pattern cannot refer to what it matched before: that may take for ever.'
          : String.raw`“\${name}” is no escape here; there are \d \w \s \b \n \r \t \xNN and \ before a sign.`,
        start,
      );
      return null;
    }
    return code;
  }

  #set(start: number): Node {
    const set = new Uint8Array(values);
    const turned = this.#next === '^';
    if (turned) this.#at += 1;
    while (this.#next !== ']') {
      if (this.#next === '') return this.#fail('This “[” is not closed; write \\[ for the character.', start);
      this.#member(set);
    }
    this.#at += 1;
    if (this.#flags.anyCase)
      for (let byte = 0; byte < 0x80; byte += 1) if (set[byte] === 1) set[otherCase(byte)] = 1;
    return { is: 'set', set: turned ? set.map((has) => 1 - has) : set };
  }

  #member(set: Uint8Array): void {
    const start = this.#at;
    const first = this.#one();
    if (first === null) return;
    if (typeof first !== 'number') {
      for (let byte = 0; byte < values; byte += 1) if (first[byte] === 1) set[byte] = 1;
      return;
    }
    const isRange = this.#next === '-' && this.#source.charAt(this.#at + 1) !== ']';
    if (isRange) this.#at += 1;
    const last = isRange ? this.#one() : first;
    if (last === null) return;
    if (typeof last !== 'number' || last < first) {
      this.#fail('A range goes from a lower character to a higher one, as in [a-z].', start);
    } else set.fill(1, first, last + 1);
  }

  #one(): number | Uint8Array | null {
    const start = this.#at;
    if (this.#next === '') return null;
    const character = this.#take();
    if (character === '\\') return this.#escaped(start);
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0x7f) return code;
    this.#fail('Between [ and ] stand only characters of ASCII; write (é|ü) for others.', start);
    return null;
  }
}
