/** What a person chose and the page remembers. */
import { storeIn } from './store-in.ts';
import { savedFilters } from './saved-filters.ts';
import type { SavedFilters } from './saved-filters.ts';
import { snippets } from './snippets.ts';
import type { Snippets } from './snippets.ts';
import { isRecord, storedJson } from './stored-json.ts';
import type { Stored } from './stored-json.ts';
import { endings } from './written.ts';
import type { Ending, Endings, Notation } from './written.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const timeFormats = ['clock', 'start', 'delta'] as const;
export type TimeFormat = (typeof timeFormats)[number];

/** Ways to look at the traffic. */
const trafficTabs = ['log', 'timeline', 'graph'] as const;
export type TrafficTab = (typeof trafficTabs)[number];

/** Panes whose size can be dragged. */
const panes = ['stage', 'rack', 'bytes', 'fields', 'lesson'] as const;
type Pane = (typeof panes)[number];
type Sizes = Readonly<Partial<Record<Pane, number>>>;

/** Columns of the log; those that are hidden are kept. */
export const columnIds = [
  ...(['no', 'time', 'socket', 'direction', 'source'] as const),
  ...(['destination', 'protocol', 'length', 'info'] as const),
] as const;
export type ColumnId = (typeof columnIds)[number];

const key = 'settings';
const appendKeys = { text: 'append', hex: 'hex' } as const;
type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export class Settings {
  #theme = $state.raw<Theme>('system');
  #time = $state.raw<TimeFormat>('start');
  #append = $state.raw<Endings>({ text: 'lf', hex: 'none' });
  #traffic = $state.raw<TrafficTab>('log');
  /** Px; what is not here is as the layout has it. */
  #sizes = $state.raw<Sizes>({});
  #hiddenColumns: readonly ColumnId[] = $state.raw([]);
  /** Whether new rows are announced to screen readers. */
  #announce = $state.raw(true);
  readonly #storage: Kept;
  /** Filters that were given a name. */
  readonly filters: SavedFilters;
  /** The same of messages. */
  readonly snippets: Snippets;

  constructor(storage: Kept) {
    this.#storage = storage;
    this.filters = savedFilters(storage);
    this.snippets = snippets(storage);
    const stored = this.#stored();
    this.#choose(stored);
    this.#traffic = trafficTabs.find((tab) => tab === stored.traffic) ?? this.#traffic;
    this.#sizes = sizesOf(stored);
  }

  /** Takes over what another tab chose; what each of them shows, and how large, is its own. */
  refresh(): void {
    this.filters.refresh();
    this.snippets.refresh();
    this.#choose(this.#stored());
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    this.#keep({ theme });
  }

  get time(): TimeFormat {
    return this.#time;
  }
  set time(time: TimeFormat) {
    this.#time = time;
    this.#keep({ time });
  }

  get append(): Endings {
    return this.#append;
  }

  appendTo(notation: Notation, ending: Ending): void {
    this.#append = { ...this.#append, [notation]: ending };
    this.#keep({ [appendKeys[notation]]: ending });
  }

  get traffic(): TrafficTab {
    return this.#traffic;
  }
  set traffic(traffic: TrafficTab) {
    this.#traffic = traffic;
    this.#keep({ traffic });
  }

  get announce(): boolean {
    return this.#announce;
  }
  set announce(announce: boolean) {
    this.#announce = announce;
    this.#keep({ announce });
  }

  get hiddenColumns(): readonly ColumnId[] {
    return this.#hiddenColumns;
  }

  showColumn(column: ColumnId, shown: boolean): void {
    this.#hide(columnIds.filter((id) => (id === column ? !shown : this.#hiddenColumns.includes(id))));
  }

  showAllColumns(): void {
    this.#hide([]);
  }

  #hide(hiddenColumns: readonly ColumnId[]): void {
    this.#hiddenColumns = hiddenColumns;
    this.#keep({ hiddenColumns });
  }

  /** The size a pane was dragged to, in px; undefined while it is as the layout has it. */
  size(pane: Pane): number | undefined {
    return this.#sizes[pane];
  }

  resize(pane: Pane, px: number | undefined): void {
    this.#sizes = { ...this.#sizes, [pane]: px };
    this.#keep({ sizes: { ...sizesOf(this.#stored()), [pane]: px } });
  }

  /**
   * Of what is stored only these change: another tab may have chosen others meanwhile. Where the browser has no room for
   * it, it holds as long as the page is open.
   */
  #keep(chosen: Stored): void {
    storeIn(this.#storage, key, JSON.stringify({ ...this.#stored(), ...chosen }));
  }

  /** What is stored may be of another version, or anybody's: only what fits is taken. */
  #stored(): Stored {
    return parse(this.#storage.getItem(key));
  }

  #choose(stored: Stored): void {
    this.#theme = themes.find((theme) => theme === stored.theme) ?? this.#theme;
    this.#time = timeFormats.find((time) => time === stored.time) ?? this.#time;
    const append = (notation: Notation) =>
      endings.find((ending) => ending === stored[appendKeys[notation]]) ?? this.#append[notation];
    this.#append = { text: append('text'), hex: append('hex') };
    this.#announce = stored.announce !== false;
    this.#hiddenColumns = columnsOf(stored);
  }
}

/** Never both of those that say which row it is. */
function columnsOf({ hiddenColumns }: Stored): readonly ColumnId[] {
  const found: readonly unknown[] = Array.isArray(hiddenColumns) ? hiddenColumns : [];
  const hidden = columnIds.filter((id) => found.includes(id));
  return hidden.includes('no') ? hidden.filter((id) => id !== 'info') : hidden;
}

const sizesOf = (stored: Stored): Sizes =>
  panes.reduce<Sizes>((sizes, pane) => ({ ...sizes, ...sizeOf(stored, pane) }), {});

function sizeOf(stored: Stored, pane: Pane): Sizes {
  const px = isRecord(stored.sizes) ? stored.sizes[pane] : undefined;
  return typeof px === 'number' && px >= 0 && px < 10_000 ? { [pane]: px } : {};
}

function parse(text: string | null): Stored {
  const value = storedJson(text);
  return isRecord(value) ? value : {};
}
