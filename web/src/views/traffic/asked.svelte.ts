/**
 * What the filter and the finder ask of payloads. The page has only the first bytes of each: the rest is looked for where
 * whole payloads are, and what knows the protocols comes when it is needed. Until then an answer may miss something.
 */
import type { Needle } from '../../store/asked/deep-search.svelte.ts';
import type { LinkStatus, Store } from '../../store/store.svelte.ts';
import type { Filter } from '../log/filter/filter.svelte.ts';
import type { LanguageLoader } from '../log/filter/language-loader.svelte.ts';
import type { Term } from '../log/filter/terms.ts';

const answering: ReadonlySet<LinkStatus['is']> = new Set(['live', 'reading', 'read']);
const nothing: readonly Needle[] = [];

export class Asked {
  readonly #store: Store;
  readonly #language: LanguageLoader;
  readonly #filter: Filter;

  readonly #lastCut = $derived.by(() => this.#read().journal.lastCut);
  readonly #hasCut = $derived(this.#lastCut > 0);
  /** Whether there is somebody who has whole payloads. */
  readonly #canAsk = $derived.by(() => answering.has(this.#store.status.is));
  /** The filter's terms; asked again when payloads are taken for something else. */
  readonly #asked: readonly Term[] = $derived.by(() => {
    const { terms } = this.#filter;
    if (!this.#asksProtocol(terms)) return terms;
    this.#store.spoken.follow();
    return [...terms];
  });
  /** What the filter looks for in payloads. */
  readonly #sought = $derived.by(() => this.needlesOf(this.#asked));
  /** What of it has to be looked for behind the first bytes, of which the page has no more. */
  readonly #needles = $derived(this.#hasCut ? this.#sought : nothing);
  /** The filter's terms, with what is known of whole payloads. They change only when they say something else. */
  readonly terms: readonly Term[] = $derived.by(() => {
    if (this.#needles.length === 0) return this.#asked;
    return this.withBeyond(this.#asked);
  });
  /** What the filter's answer may miss so far. */
  readonly caution: string | null = $derived.by(() => {
    if (this.#language.isMissing) return 'What reads filters could not be fetched.';
    if (this.#asksProtocol(this.#asked) && this.#store.spoken.dissecting === null) {
      return 'What knows the protocols is not here yet.';
    }
    return this.cautionOf(this.#sought);
  });

  constructor(store: Store, language: LanguageLoader, filter: Filter) {
    this.#store = store;
    this.#language = language;
    this.#filter = filter;
  }

  needlesOf(terms: readonly Term[]): readonly Needle[] {
    return this.#language.here?.needlesOf(terms) ?? nothing;
  }

  /** The same terms, with what is known of whole payloads. */
  withBeyond(terms: readonly Term[]): readonly Term[] {
    const { deep } = this.#store;
    return this.#language.here?.withBeyond(terms, (needle) => deep.found(needle)) ?? terms;
  }

  /** What an answer about these may miss so far. */
  cautionOf(needles: readonly Needle[]): string | null {
    const { journal, deep } = this.#read();
    if (needles.length === 0) return null;
    if (this.#hasCut && !deep.isDone(needles, this.#lastCut)) {
      return `Looked at the first 256 bytes of each payload; ${this.#canAsk ? 'looking at' : 'nobody can be asked for'} the rest.`;
    }
    return journal.hasPastCut
      ? 'Of the run before, only the first 256 bytes of each payload are here.'
      : null;
  }

  /** Fetches what knows the protocols, and has whole payloads looked through for what the filter asks, and for `others`. */
  lookDeep(others: readonly Needle[]): void {
    if (this.#asksProtocol(this.#asked)) this.#store.spoken.want();
    const needles = this.#hasCut ? [...this.#sought, ...others] : nothing;
    if (this.#canAsk) this.#store.deep.look(needles, this.#lastCut);
  }

  #asksProtocol(terms: readonly Term[]): boolean {
    return this.#language.here?.hasProtocol(terms) ?? false;
  }

  /** The store, read again whenever rows came or went. */
  #read(): Store {
    this.#store.journal.follow();
    return this.#store;
  }
}
