/** The log, its filter and its selection at work together; the views below it only draw and pass on. */
import { otherEndOf } from '../../store/sockets/other-end.ts';
import type { EventRow, Row } from '../../store/rows/rows.ts';
import type { Store } from '../../store/store.svelte.ts';
import { TimeWindow } from '../../store/chosen/time-window.svelte.ts';
import type { Narrowing } from '../log/cell.ts';
import { Filter } from '../log/filter/filter.svelte.ts';
import { knownTo } from '../log/filter/known.ts';
import { LanguageLoader } from '../log/filter/language-loader.svelte.ts';
import type { Sieve } from '../log/filter/sieve.ts';
import type { Term } from '../log/filter/terms.ts';
import { Finder } from '../log/finder.svelte.ts';
import { moveOf } from '../log/keys.ts';
import { Log } from '../log/log.svelte.ts';
import type { TimeBase } from '../log/time.ts';
import { Asked } from './asked.svelte.ts';

type Place = 'grid' | 'filter' | 'find' | 'bytes';

export class Desk {
  readonly store: Store;
  readonly log: Log;
  readonly language = new LanguageLoader();
  readonly filter = new Filter(this.language, () => knownTo(this.store.spoken.dissecting));
  /** Finds rows and hides none. */
  readonly finder: Finder;
  readonly #asked: Asked;
  /** The part of the time that timeline and graph show. */
  readonly window = new TimeWindow(() => this.#read().journal.newest);
  readonly #places = new Map<Place, HTMLElement>();

  readonly selected: Row | undefined = $derived.by(() => {
    const { journal, selection } = this.#read();
    return selection.seq === null ? undefined : journal.bySeq(selection.seq, selection.run ?? 0);
  });
  /** The selected row when it has something to open. */
  readonly opened: EventRow | null = $derived(this.selected?.kind === 'event' ? this.selected : null);
  readonly selectedIndex: number = $derived.by(() => {
    const { log, selected } = this;
    return log.length === 0 || selected === undefined ? -1 : this.#indexOf(selected);
  });
  readonly otherEnd = $derived.by(() => {
    const { selected } = this;
    const store = this.#read();
    return otherEndOf(selected, store.groundOf(selected?.run ?? store.journal.run));
  });
  readonly time: TimeBase = $derived.by(() => {
    const { journal, settings } = this.#read();
    const startedMs = Date.parse(journal.started ?? '') || 0;
    const zero = this.reference === null ? {} : { zeroNs: this.reference.timeNs };
    return { format: settings.time, startedMs, ...zero };
  });
  /** The row that times count from, while it is of the present run. */
  readonly reference = $derived.by(() => {
    const { journal, marks } = this.#read();
    return marks.reference?.run === journal.run ? marks.reference : null;
  });
  readonly total: number = $derived.by(() => this.#read().journal.length);
  readonly oneHost: boolean = $derived.by(() => this.#read().journal.oneHost);
  /** Whether `Clear` hides something. */
  readonly hides: boolean = $derived.by(() => {
    const { journal } = this.#read();
    return journal.hiddenBefore > journal.dropped;
  });
  /** What payloads can be taken for, as far as that is known. */
  readonly protocols: readonly string[] = $derived.by(
    () => knownTo(this.store.spoken.dissecting).protocols ?? [],
  );
  /** What the finder's answer may miss so far. */
  readonly findCaution: string | null = $derived.by(() => this.#asked.cautionOf(this.finder.needles));

  /** Whether the traffic is looked at as the log, which keeps its own place. */
  readonly #isLog = $derived.by(() => this.store.settings.traffic === 'log');

  /** What should have the focus once it is there. */
  #awaited: Place | null = null;

  constructor(store: Store) {
    this.store = store;
    this.#asked = new Asked(store, this.language, this.filter);
    this.log = new Log(store.journal, (terms) => this.#sieveOf(terms));
    this.finder = new Finder({
      journal: store.journal,
      sieveOf: (terms) => this.#sieveOf(terms),
      needlesOf: (terms) => this.#asked.needlesOf(terms),
      withBeyond: (terms) => this.#asked.withBeyond(terms),
      terms: () => this.terms,
      from: () => this.#position(),
      go: (row) => this.go(row),
    });
  }

  /** The socket at the other end, for rows of the present run. */
  readonly peerOf = (socket: number): number | null =>
    this.store.sockets.table.size === 0 ? null : this.store.sockets.peerOf(socket);

  /** Whether what is shown keeps to the newest. */
  get follows(): boolean {
    return this.#isLog ? this.log.follow : this.window.follows;
  }

  setFollow(on: boolean): void {
    if (this.#isLog) this.log.setFollow(on);
    else if (on) this.window.follow();
    else this.window.stay();
  }

  /** The filter's terms, with what is known of whole payloads. */
  get terms(): readonly Term[] {
    return this.#asked.terms;
  }

  /** What the filter's answer may miss so far. */
  get caution(): string | null {
    return this.#asked.caution;
  }

  /** Has whole payloads looked through for what the filter and the finder ask. */
  lookDeep(): void {
    this.#asked.lookDeep(this.finder.needles);
  }

  /** Remembers an element that can be asked to take the focus; it may have been asked for before it was there. */
  place(name: Place): (element: HTMLElement) => () => void {
    return (element) => {
      this.#places.set(name, element);
      if (this.#awaited === name) this.focus(name);
      return () => {
        // Another one may have taken its place already.
        if (this.#places.get(name) === element) this.#places.delete(name);
      };
    };
  }

  focus(name: Place): void {
    const element = this.#places.get(name);
    element?.focus();
    this.#awaited = element === undefined ? name : null;
  }

  select(row: Row): void {
    this.store.selection.selectRow(row, this.store.journal.run);
  }

  /** Selects a row and brings it into view. */
  go(row: Row): void {
    this.select(row);
    const index = this.#indexOf(row);
    if (index >= 0) this.log.reveal(index);
  }

  /** Moves the selection by a key; without one it starts at the row that is seen last. */
  move(key: string): boolean {
    const { log } = this;
    const last = log.slots.findLast((slot) => slot !== null)?.index ?? -1;
    const to = moveOf(key, this.selectedIndex, { length: log.length, page: log.pageRows, last });
    const row = to === null ? undefined : log.at(to);
    if (row !== undefined) this.go(row);
    return to !== null;
  }

  /** The same from anywhere on the page. */
  walk(key: string): void {
    this.focus('grid');
    this.move(key);
  }

  /** Goes on in the bytes of the selected row, where it has something to open. */
  openBytes(): void {
    if (this.opened !== null) this.focus('bytes');
  }

  /** Opens the field that finds, which is the log's, or goes back to it. */
  find(): void {
    this.language.want();
    this.store.settings.traffic = 'log';
    this.finder.isOpen = true;
    this.focus('find');
  }

  /** Shows a row of the present run in the middle of the timeline. */
  showInTimeline(row: EventRow): void {
    const { window } = this;
    const halfNs = (window.to - window.from) / 2;
    this.select(row);
    this.store.settings.traffic = 'timeline';
    window.show(row.event.time - halfNs, row.event.time + halfNs);
  }

  /** Times count from the selected row, or from the start again when they did already. */
  refer(row: Row | undefined = this.selected): void {
    if (row?.kind !== 'event' || row.run !== this.store.journal.run) return;
    this.store.marks.refer(row);
    this.store.settings.time = 'start';
  }

  /** Selects the next (1) or previous (-1) marked row that is shown, round both ends; false when there is none. */
  goToMark(way: 1 | -1): boolean {
    const { marks, journal } = this.store;
    const rows = marks.around(this.selected, way).map(({ seq, run }) => journal.bySeq(seq, run));
    const row = rows.find((each) => each !== undefined && marks.has(each) && this.#indexOf(each) >= 0);
    if (row !== undefined) this.go(row);
    return row !== undefined;
  }

  /** Filters by what a cell says: for that only, or for what was asked, and that or not that. */
  narrow(words: string, how: Narrowing): void {
    if (how === 'only') this.filter.set(words);
    else this.filter.add(how === 'not' ? `not ${words}` : words);
  }

  /** Shows what `Clear` hid. The button that asks for it goes away, so the focus moves on. */
  showAll(): void {
    this.store.showAll();
    this.focus('grid');
  }

  /** The same for what the filter hid. */
  unfilter(): void {
    this.filter.set('');
    this.focus('grid');
  }

  /** Closes the bytes. */
  close(): void {
    this.store.selection.clearRow();
    this.focus('grid');
  }

  #sieveOf(terms: readonly Term[]): Sieve | null {
    return this.language.here?.sieveOf(terms, this.store.spoken) ?? null;
  }

  /** Absolute position of the selected row; without one, of the first row in view. */
  #position(): number | null {
    const { journal } = this.store;
    return journal.positionOf(this.selected ?? this.log.slots.find((slot) => slot !== null)?.row);
  }

  /** The store, read again whenever rows came or went. */
  #read(): Store {
    this.store.journal.follow();
    return this.store;
  }

  #indexOf(row: Row): number {
    const position = this.store.journal.positionOf(row);
    return position === null ? -1 : this.log.indexOf(position);
  }
}
