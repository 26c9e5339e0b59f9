/** Markdown → prose trees. Build time only. What prose has no form for (HTML, images, tables) is refused with its line. */
import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import type { Inline, Prose, ProseBlock } from '../prose.ts';
import type { FileMistakes } from './mistakes.ts';

/** One `##` section; the text before the first has the id null. */
export interface Section {
  readonly id: string | null;
  readonly line: number;
  readonly prose: Prose;
}

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
// `${srv.address}` in a link stays as it is until it is shown.
markdown.normalizeLink = (url) => url;
markdown.validateLink = (url) => /^(https?:\/\/|#)/.test(url);

/** `firstLine` is the line of the file in which the text begins. */
export function sectionsOf(text: string, firstLine: number, mistakes: FileMistakes): Section[] {
  const reader = new Reader(markdown.parse(text, {}), firstLine, mistakes);
  const sections: Section[] = [];
  let [id, line]: [string | null, number] = [null, firstLine];
  let blocks: ProseBlock[] = [];
  const finish = () => sections.push({ id, line, prose: blocks });
  while (!reader.isDone) {
    const heading = reader.section();
    if (heading === null) blocks.push(...reader.block());
    else {
      finish();
      [id, line, blocks] = [heading.id, heading.line, []];
    }
  }
  finish();
  return sections;
}

/** Markdown without sections. */
export function proseOf(text: string, firstLine: number, mistakes: FileMistakes): Prose {
  return sectionsOf(text, firstLine, mistakes).flatMap(({ prose }) => prose);
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #firstLine: number;
  readonly #mistakes: FileMistakes;
  #at = 0;

  constructor(tokens: readonly Token[], firstLine: number, mistakes: FileMistakes) {
    this.#tokens = tokens;
    this.#firstLine = firstLine;
    this.#mistakes = mistakes;
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** A `##` heading, when it is what comes next. */
  section(): { readonly id: string; readonly line: number } | null {
    const token = this.#tokens[this.#at];
    if (token?.type !== 'heading_open' || token.tag !== 'h2') return null;
    const id = this.#tokens[this.#at + 1]?.content ?? '';
    this.#at += 3;
    return { id, line: this.#lineOf(token) };
  }

  block(): ProseBlock[] {
    const token = this.#next();
    if (token === undefined) return [];
    switch (token.type) {
      case 'paragraph_open':
        return [{ is: 'paragraph', content: this.#content() }];
      case 'heading_open':
        return [{ is: 'heading', content: this.#content() }];
      case 'bullet_list_open':
      case 'ordered_list_open':
        return [{ is: 'list', ordered: token.type === 'ordered_list_open', items: this.#items() }];
      case 'blockquote_open':
        return [{ is: 'quote', content: this.#until('blockquote_close') }];
      case 'fence':
      case 'code_block':
        return [{ is: 'code', lang: token.info.trim(), text: token.content.replace(/\n$/, '') }];
      default:
        this.#mistakes.add(this.#lineOf(token), `there is no form for ${token.type} in a lesson`);
        return [];
    }
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  #lineOf(token: Token): number {
    return this.#firstLine + (token.map?.[0] ?? 0);
  }

  /** The inline text of a paragraph or heading, and over its end. */
  #content(): Inline[] {
    const token = this.#next();
    this.#at += 1;
    return token === undefined
      ? []
      : new Inlines(token.children ?? [], this.#lineOf(token), this.#mistakes).read(null);
  }

  #items(): Prose[] {
    const items: Prose[] = [];
    while (this.#next()?.type === 'list_item_open') items.push(this.#until('list_item_close'));
    return items;
  }

  #until(close: string): ProseBlock[] {
    const blocks: ProseBlock[] = [];
    while (!this.isDone && this.#tokens[this.#at]?.type !== close) blocks.push(...this.block());
    this.#at += 1;
    return blocks;
  }
}

class Inlines {
  readonly #tokens: readonly Token[];
  readonly #line: number;
  readonly #mistakes: FileMistakes;
  #at = 0;

  constructor(tokens: readonly Token[], line: number, mistakes: FileMistakes) {
    this.#tokens = tokens;
    this.#line = line;
    this.#mistakes = mistakes;
  }

  /** Everything up to the token that closes, or to the end. */
  read(close: string | null): Inline[] {
    const content: Inline[] = [];
    for (let token = this.#next(); token !== undefined && token.type !== close; token = this.#next()) {
      content.push(...this.#one(token));
    }
    return content;
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  #one(token: Token): Inline[] {
    switch (token.type) {
      case 'text':
        return token.content === '' ? [] : [{ is: 'text', text: token.content }];
      case 'softbreak':
      case 'hardbreak':
        return [{ is: 'text', text: ' ' }];
      case 'code_inline':
        return [{ is: 'code', text: token.content }];
      case 'strong_open':
        return [{ is: 'strong', content: this.read('strong_close') }];
      case 'em_open':
        return [{ is: 'em', content: this.read('em_close') }];
      case 'link_open':
        return [{ is: 'link', href: String(token.attrGet('href') ?? ''), content: this.read('link_close') }];
      default:
        this.#mistakes.add(this.#line, `there is no form for ${token.type} in a lesson`);
        return [];
    }
  }
}
