/** What is typed into Filter: a draft that filters at once, and chips that were kept. */
import type { FilterProblem } from '@socket-playground/shared/filter/ast.ts';
import type { Known } from '@socket-playground/shared/filter/field-value.ts';
import { LanguageLoader } from './language-loader.svelte.ts';
import type { Language } from './language-loader.svelte.ts';
import type { ParsedTerms, Term } from './terms.ts';

const nothing: ParsedTerms = { ok: true, terms: [] };

export class Filter {
  #draft = $state.raw('');
  #chips: readonly Term[] = $state.raw([]);
  readonly #known: () => Known | undefined;
  readonly #loader: LanguageLoader;
  /** A draft asks for nothing until there is somebody who can read it. */
  readonly #parsed = $derived.by(() => this.#read(this.#draft) ?? nothing);
  /** A draft that cannot be read filters nothing. */
  readonly terms: readonly Term[] = $derived([
    ...this.#chips,
    ...(this.#parsed.ok ? this.#parsed.terms : []),
  ]);

  /** `known`: the protocols that can be asked for. */
  constructor(loader = new LanguageLoader(), known: () => Known | undefined = () => undefined) {
    this.#loader = loader;
    this.#known = known;
  }

  get draft(): string {
    return this.#draft;
  }
  set draft(text: string) {
    this.#draft = text;
    if (text !== '') this.want();
  }

  /** Null until it was wanted and came. */
  get language(): Language | null {
    return this.#loader.here;
  }

  /** Somebody is going to filter. */
  want(): void {
    if (this.language === null) this.#loader.want();
  }

  /** Settles once the language is here, or could not be fetched. */
  arrived(): Promise<unknown> {
    return this.#loader.load().catch(() => undefined);
  }

  get chips(): readonly Term[] {
    return this.#chips;
  }

  /** What is wrong with the draft, and where. */
  get problem(): FilterProblem | null {
    return this.#parsed.ok ? null : this.#parsed.problem;
  }

  /** All that is asked, as one text. */
  get text(): string {
    const draft = this.#draft.trim();
    if (this.#chips.length === 0) return draft;
    return this.terms.map(({ words }) => words).join(' ');
  }

  get empty(): boolean {
    return this.#draft === '' && this.#chips.length === 0;
  }

  /** Makes chips of the draft, as soon as it can be read. */
  keep(): void {
    if (this.language === null) return this.#keepLater();
    if (!this.#parsed.ok) return;
    this.#chips = [...this.#chips, ...this.#parsed.terms];
    this.draft = '';
  }

  /** Takes the last chip back to be edited. */
  takeBack(): void {
    const last = this.#chips.at(-1);
    if (last === undefined) return;
    this.#chips = this.#chips.slice(0, -1);
    this.draft = last.words;
  }

  remove(chip: Term): void {
    this.#chips = this.#chips.filter((other) => other !== chip);
  }

  /** Asks for this too, as a chip; a draft that can be read becomes one before it. */
  add(term: string): void {
    this.keep();
    const parsed = this.#read(term);
    if (parsed?.ok === true) this.#chips = [...this.#chips, ...parsed.terms];
    else if (parsed === null) this.draft = `${this.#draft} ${term}`.trimStart();
  }

  /** Replaces whatever was asked for. */
  set(text: string): void {
    this.#chips = [];
    this.draft = text;
    this.keep();
  }

  #read(text: string): ParsedTerms | null {
    return this.language?.parseFilter(text, this.#known()) ?? null;
  }

  /** What is typed until then stays a draft. */
  #keepLater(): void {
    const asked = this.#draft;
    if (asked === '') return;
    const keep = () => {
      if (!this.#draft.startsWith(asked)) return;
      const rest = this.#draft.slice(asked.length);
      this.#draft = asked;
      this.keep();
      this.#draft += rest;
    };
    this.#loader.load().then(keep, () => this.want());
  }
}
