/**
 * Finds rows without hiding the others: text or bytes in payloads, text in what Info says of other events. It looks at
 * the rows that the filter shows, goes on as they come, and wraps at both ends with a word.
 */
import type { Section } from '../../store/columns/columns.ts';
import { gapType, restartType } from '../../store/columns/row-block.ts';
import type { Needle } from '../../store/asked/deep-search.svelte.ts';
import { nextFrame, oncePerFrame } from '../../store/painting/frame.ts';
import type { Scheduler } from '../../store/painting/frame.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';
import type { Row } from '../../store/rows/rows.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { parseHex } from '@socket-playground/shared/payload/hex.ts';
import { formatNumber } from '../words.ts';
import type { Sieve } from './filter/sieve.ts';
import type { Term } from './filter/terms.ts';
import { forAWhile, Shown } from './shown.ts';

export type FindForm = 'text' | 'hex';

/** What the finder needs to know of the log, and how it shows what it found. */
export interface FindGround {
  readonly journal: Journal;
  /** As the language of the filter has them; nothing as long as it is not here. */
  readonly sieveOf: (terms: readonly Term[]) => Sieve | null;
  readonly needlesOf: (terms: readonly Term[]) => readonly Needle[];
  /** With what is known of whole payloads. */
  readonly withBeyond: (terms: readonly Term[]) => readonly Term[];
  /** Of the filter. */
  readonly terms: () => readonly Term[];
  /** Absolute position of the selected row, or where the view begins; null in an empty log. */
  readonly from: () => number | null;
  readonly go: (row: Row) => void;
}

export class Finder {
  readonly #ground: FindGround;
  readonly #searchOn: () => void;
  #open = $state.raw(false);
  #text = $state.raw('');
  #form: FindForm = $state.raw('text');
  /** Which end was passed by the last step. */
  #wrapped: 'top' | 'end' | null = $state.raw(null);
  #version = $state.raw(0);
  #matches: Shown | null = null;
  #for: readonly Term[] | null = null;
  /** What the same is found at as hex, looked for once as text it is nowhere. */
  #asHex: Shown | null = null;
  /** A step that is taken once its row is found. */
  #waiting: 1 | -1 | null = null;
  readonly #hex = $derived(parseHex(this.#text));
  /** What is wrong with what was typed, as a sentence. */
  readonly wrong: string | null = $derived(
    this.#form === 'hex' && this.#text.trim() !== '' && !this.#hex.ok
      ? 'Bytes are pairs of hex digits, as in: 0d 0a.'
      : null,
  );
  readonly #asked: Term | null = $derived(this.#termOf());
  /** What is looked for in payloads. */
  readonly needles: readonly Needle[] = $derived.by(() =>
    this.#asked === null ? [] : this.#ground.needlesOf([this.#asked]),
  );
  readonly #terms: readonly Term[] | null = $derived.by(() => {
    const asked = this.#asked;
    if (asked === null) return null;
    return [...this.#ground.terms(), ...this.#ground.withBeyond([asked])];
  });
  /** `3 of 17`, `17 rows`, `no row`, `no row: try Hex`; empty while nothing is asked. */
  readonly said: string = $derived.by(() => this.#words());

  constructor(ground: FindGround, schedule: Scheduler = nextFrame) {
    this.#ground = ground;
    this.#searchOn = oncePerFrame(() => this.sync(), schedule);
  }

  get isOpen(): boolean {
    return this.#open;
  }
  set isOpen(open: boolean) {
    this.#open = open;
    this.#waiting = null;
  }

  get text(): string {
    return this.#text;
  }
  set text(text: string) {
    this.#text = text;
    this.#wrapped = null;
  }

  get form(): FindForm {
    return this.#form;
  }
  set form(form: FindForm) {
    this.#form = form;
    this.#wrapped = null;
  }

  /** What is looked for, as it was typed. */
  get words(): string {
    return this.#form === 'text' ? `“${this.#text}”` : `the bytes ${this.#text}`;
  }

  get asks(): boolean {
    return this.#asked !== null;
  }

  /** Makes whoever calls this depend on what is asked. */
  follow(): number {
    return this.#terms?.length ?? 0;
  }

  /** Takes in what the journal has gained and lost, for a while; what is left follows in the next frames. */
  sync(): void {
    const matches = this.#lookForAWhile();
    this.#version += 1;
    if (this.#waiting !== null) this.#take(this.#waiting, matches);
  }

  /**
   * Selects the next (1) or previous (-1) match; false when there is none. Where it is not found yet, it is selected once
   * it is.
   */
  step(way: 1 | -1): boolean {
    const matches = this.#lookForAWhile();
    this.#version += 1;
    return this.#take(way, matches);
  }

  #take(way: 1 | -1, matches: Shown | null): boolean {
    this.#waiting = null;
    const index = matches === null ? -1 : this.#indexAfter(matches, this.#ground.from(), way);
    if (matches !== null && !matches.isDone && (way === -1 || index >= matches.length)) {
      this.#waiting = way;
      return true;
    }
    return matches !== null && matches.length > 0 && this.#goTo(matches, index);
  }

  #goTo(matches: Shown, index: number): boolean {
    const { journal, go } = this.#ground;
    const wraps = index < 0 ? 'end' : index >= matches.length ? 'top' : null;
    const at = wraps === null ? index : wraps === 'top' ? 0 : matches.length - 1;
    const row = journal.rowAt(matches.positionAt(at) ?? -1);
    if (row === undefined) return false;
    this.#wrapped = wraps;
    go(row);
    return true;
  }

  #indexAfter(matches: Shown, from: number | null, way: 1 | -1): number {
    if (from === null) return way === 1 ? 0 : matches.length - 1;
    return way === 1 ? matches.firstFrom(from + 1) : matches.firstFrom(from) - 1;
  }

  #lookForAWhile(): Shown | null {
    const goesOn = forAWhile();
    const { journal, sieveOf } = this.#ground;
    const terms = this.#terms;
    const shownBy = (asked: readonly Term[] | null) => {
      const sieve = asked && eventsOnly(sieveOf(asked));
      return sieve && new Shown(journal, sieve);
    };
    if (terms !== this.#for || this.#matches?.hiddenBefore !== journal.hiddenBefore) {
      this.#matches = shownBy(terms);
      this.#asHex = null;
      this.#for = terms;
      this.#waiting = null;
    }
    this.#matches?.update(journal, goesOn);
    const hex = this.#matches?.isDone === true && !this.#matches.length ? this.#hexTerm() : null;
    if (hex) this.#asHex ??= shownBy([...this.#ground.terms(), hex]);
    this.#asHex?.update(journal, goesOn);
    if ((this.#asHex ?? this.#matches)?.isDone === false) this.#searchOn();
    return this.#matches;
  }

  #termOf(): Term | null {
    const text = this.#text;
    if (this.#form === 'hex') return this.#hexTerm();
    if (text === '') return null;
    return {
      words: text,
      filter: { is: 'contains', bytes: encodeUtf8(text), text: text.toLowerCase() },
    };
  }

  #hexTerm(): Term | null {
    const text = this.#text;
    const hex = this.#hex;
    if (!hex.ok || hex.bytes.length === 0) return null;
    return { words: text, filter: { is: 'contains', bytes: hex.bytes, text: null } };
  }

  #words(): string {
    const matches = (this.#version, this.#matches);
    if (this.#terms === null || matches === null) return '';
    if (!matches.isDone) return 'looking …';
    if (!matches.length) return this.#asHex?.length ? 'no row: try Hex' : 'no row';
    const from = this.#ground.from();
    const index = from === null ? -1 : matches.indexOf(from);
    const count = formatNumber(matches.length);
    const place =
      index < 0
        ? matches.length === 1
          ? '1 row'
          : `${count} rows`
        : `${formatNumber(index + 1)} of ${count}`;
    return this.#wrapped === null ? place : `${place}, again from the ${this.#wrapped}`;
  }
}

/** A gap may hide a match, but it is none. */
function eventsOnly(sieve: Sieve | null): Sieve | null {
  if (sieve === null) return null;
  const { partRows } = sieve;
  const events = (section: Section) => {
    const marks = sieve(section);
    for (const type of [gapType, restartType]) {
      const { types } = section.block;
      for (
        let at = types.indexOf(type, section.from);
        at >= 0 && at < section.to;
        at = types.indexOf(type, at + 1)
      ) {
        marks[at] = 0;
      }
    }
    return marks;
  };
  return partRows === undefined ? events : Object.assign(events, { partRows });
}
