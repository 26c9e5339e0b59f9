/** Finds what is to be hidden in one direction of a stream, which comes in order and piece by piece. */
import { Spans } from '../../filter/pattern/spans.ts';
import { HeaderValues } from './headers.ts';
import { LiteralMatcher } from '../../payload/literal.ts';
import { Ranges } from './ranges.ts';
import type { Secret } from './secrets.ts';

type Text = Extract<Secret, { is: 'text' }>;
type Pattern = Extract<Secret, { is: 'pattern' }>;

export class Finder {
  readonly #texts: readonly Text[];
  readonly #headers = new HeaderValues();
  #matchers: readonly LiteralMatcher[];
  readonly #patterns: readonly Spans[];
  /** The last place that each pattern found: what overlaps is one place, and grows with every byte. */
  readonly #last: Place[];
  /** What was found, from the beginning of the stream. */
  readonly ranges = new Ranges();
  /** Bytes that came, missing ones among them. */
  #end = 0;
  #places = 0;

  constructor(secrets: readonly Secret[]) {
    this.#texts = secrets.filter((secret): secret is Text => secret.is === 'text');
    this.#matchers = this.#texts.map(({ bytes }) => new LiteralMatcher(bytes));
    const patterns = secrets.filter((secret): secret is Pattern => secret.is === 'pattern');
    this.#patterns = patterns.map(({ program, eachLine }) => new Spans(program, eachLine));
    this.#last = patterns.map(() => ({ from: 0, to: 0 }));
  }

  /** Header values, texts and what patterns match, each counted. */
  get places(): number {
    return this.#places;
  }

  get end(): number {
    return this.#end;
  }

  add(bytes: Uint8Array): void {
    const found = new Marks(this.#end, bytes.length);
    this.#headers.add(bytes, (at, isFirst) => {
      if (isFirst) this.#places += 1;
      found.mark(this.#end + at, this.#end + at + 1);
    });
    this.#matchers.forEach((matcher, index) => {
      const size = this.#texts[index]?.bytes.length ?? 0;
      bytes.forEach((byte, at) => {
        if (!matcher.add(byte)) return;
        this.#places += 1;
        found.mark(this.#end + at + 1 - size, this.#end + at + 1);
      });
    });
    this.#patterns.forEach((pattern, index) => pattern.add(bytes, this.#matched(index, found)));
    found.tell(this.ranges);
    this.#end += bytes.length;
  }

  /** Nobody has these bytes: no text and no pattern goes on over them, and a header value does. */
  skip(bytes: number): void {
    this.finish();
    this.#matchers = this.#texts.map((text) => new LiteralMatcher(text.bytes));
    for (const pattern of this.#patterns) pattern.skip(bytes);
    this.#end += bytes;
  }

  /** Nothing comes any more. */
  finish(): void {
    const found = new Marks(this.#end, 0);
    this.#patterns.forEach((pattern, index) => pattern.end(this.#matched(index, found)));
    found.tell(this.ranges);
  }

  #matched(index: number, found: Marks): (from: number, to: number) => void {
    return (from, to) => {
      const last = this.#last[index] ?? { from, to: from };
      if (from >= last.to) this.#places += 1;
      found.mark(from < last.from ? from : Math.max(from, last.to), to);
      this.#last[index] = { from: from < last.to ? Math.min(from, last.from) : from, to };
    };
  }
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** What is found in one piece, in any order; what begins before it reaches back up to its start. */
class Marks {
  readonly #start: number;
  readonly #marked: Uint8Array;
  #back: number;

  constructor(start: number, length: number) {
    this.#start = start;
    this.#back = start;
    this.#marked = new Uint8Array(length);
  }

  mark(from: number, to: number): void {
    this.#back = Math.min(this.#back, from);
    this.#marked.fill(1, Math.max(0, from - this.#start), Math.max(0, to - this.#start));
  }

  tell(ranges: Ranges): void {
    if (this.#back < this.#start) ranges.add(this.#back, this.#start);
    let from = this.#marked.indexOf(1);
    while (from >= 0) {
      const end = this.#marked.indexOf(0, from);
      const to = end < 0 ? this.#marked.length : end;
      ranges.add(this.#start + from, this.#start + to);
      from = this.#marked.indexOf(1, to);
    }
  }
}
