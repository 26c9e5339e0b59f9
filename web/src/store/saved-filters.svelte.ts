/** Filters that a person gave a name to. Kept in the browser, beside the settings: two tabs do not take them from each other. */
import { filterLimits } from '@socket-playground/shared/limits.ts';
import { limits } from './limits.ts';
import { storedJson } from './stored-json.ts';

export interface SavedFilter {
  readonly name: string;
  readonly filter: string;
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const key = 'filters';

export class SavedFilters {
  readonly #storage: Kept;
  #all: readonly SavedFilter[] = $state.raw([]);

  constructor(storage: Kept) {
    this.#storage = storage;
    this.refresh();
  }

  /** In the order of their names. */
  get all(): readonly SavedFilter[] {
    return this.#all;
  }

  /** Whether another one has to be removed first. */
  get isFull(): boolean {
    return this.#all.length >= limits.savedFilters;
  }

  /** The name under which this filter is kept; null: it is not. */
  nameOf(filter: string): string | null {
    return this.#all.find((each) => each.filter === filter)?.name ?? null;
  }

  /** Takes in what another tab kept or removed. */
  refresh(): void {
    this.#all = read(this.#storage.getItem(key));
  }

  /** Keeps a filter, in the place of one with the same name; a long name is cut. Returns whether it is kept. */
  save(name: string, filter: string): boolean {
    this.refresh();
    const short = nameFor(name === '' ? filter : name);
    const others = this.#all.filter((each) => each.name !== short);
    if (short === '' || others.length >= limits.savedFilters) return false;
    this.#keep([...others, { name: short, filter }]);
    return true;
  }

  remove(name: string): void {
    this.refresh();
    this.#keep(this.#all.filter((each) => each.name !== name));
  }

  #keep(all: readonly SavedFilter[]): void {
    this.#all = all.toSorted((a, b) => a.name.localeCompare(b.name));
    this.#storage.setItem(key, JSON.stringify(this.#all));
  }
}

/** A text as a name: on one line, not too long. */
export const nameFor = (text: string): string =>
  Array.from(text.replace(/\s+/g, ' ').trim()).slice(0, limits.filterNameCharacters).join('').trim();

/** What is stored may be of another version, or anybody's: only what fits is taken. */
function read(text: string | null): readonly SavedFilter[] {
  const stored = storedJson(text);
  const fitting: readonly SavedFilter[] = Array.isArray(stored) ? stored.filter(isSaved) : [];
  return fitting
    .filter(({ name }, index) => fitting.findIndex((each) => each.name === name) === index)
    .slice(0, limits.savedFilters)
    .map(({ name, filter }) => ({ name, filter }));
}

function isSaved(value: unknown): value is SavedFilter {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('filter' in value)) return false;
  const { name, filter } = value;
  if (typeof name !== 'string' || typeof filter !== 'string') return false;
  return name !== '' && name === nameFor(name) && filter !== '' && filter.length <= filterLimits.characters;
}
