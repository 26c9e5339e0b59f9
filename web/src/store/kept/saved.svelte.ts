/** Things that a person gave a name to. Kept in the browser, beside the settings: two tabs do not take them from each other. */
import { storeIn } from './store-in.ts';
import { limits } from '../limits.ts';
import { isRecord, storedJson } from './stored-json.ts';
import type { Stored } from './stored-json.ts';

export interface Named {
  readonly name: string;
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;
/** What is stored may be of another version, or anybody's: what fits, and null for what does not. */
type Take<Item extends Named> = (stored: Stored & Named) => Item | null;

export class Saved<Item extends Named> {
  readonly #storage: Kept;
  readonly #key: string;
  readonly #take: Take<Item>;
  #all: readonly Item[] = $state.raw([]);

  constructor(storage: Kept, key: string, take: Take<Item>) {
    this.#storage = storage;
    this.#key = key;
    this.#take = take;
    this.refresh();
  }

  /** In the order of their names. */
  get all(): readonly Item[] {
    return this.#all;
  }

  /** Whether another one has to be removed first. */
  get isFull(): boolean {
    return this.#all.length >= limits.saved;
  }

  /** The name of the first that is this one; null: it is not kept. */
  nameOf(isThis: (item: Item) => boolean): string | null {
    return this.#all.find(isThis)?.name ?? null;
  }

  /** Takes in what another tab kept or removed. */
  refresh(): void {
    this.#all = this.#read();
  }

  /** Keeps an item, in the place of one with the same name; a long name is cut. Returns whether it is kept. */
  save(item: Item): boolean {
    this.refresh();
    const named = { ...item, name: nameFor(item.name) };
    const others = this.#all.filter(({ name }) => name !== named.name);
    if (named.name === '' || others.length >= limits.saved) return false;
    return this.#keep([...others, named]);
  }

  remove(name: string): void {
    this.refresh();
    this.#keep(this.#all.filter((each) => each.name !== name));
  }

  /** Returns whether the browser had room for it. */
  #keep(all: readonly Item[]): boolean {
    const sorted = all.toSorted((a, b) => a.name.localeCompare(b.name));
    if (!storeIn(this.#storage, this.#key, JSON.stringify(sorted))) return false;
    this.#all = sorted;
    return true;
  }

  #read(): readonly Item[] {
    const stored = storedJson(this.#storage.getItem(this.#key));
    const values: readonly unknown[] = Array.isArray(stored) ? stored : [];
    const found = new Map<string, Item>();
    for (const value of values) {
      const item = isNamed(value) ? this.#take(value) : null;
      if (item !== null && !found.has(item.name)) found.set(item.name, item);
    }
    return [...found.values()].slice(0, limits.saved);
  }
}

/** A text as a name: on one line, not too long. */
export const nameFor = (text: string): string =>
  Array.from(text.replace(/\s+/g, ' ').trim()).slice(0, limits.nameCharacters).join('').trim();

/** The same, and a number behind it where the name is taken: `ping 2`. */
export function freeName(text: string, isTaken: (name: string) => boolean): string {
  const name = nameFor(text);
  for (let number = 2, free = name; ; number += 1) {
    if (!isTaken(free)) return free;
    free = `${nameFor(name.slice(0, limits.nameCharacters - 4))} ${number}`;
  }
}

const isNamed = (value: unknown): value is Stored & Named =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  value.name !== '' &&
  value.name === nameFor(value.name);
