/** Where in a file each event is: its blocks, read again when somebody asks for them. */
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { sessionLimits } from '@socket-playground/shared/limits.ts';

/** Blocks that stand one after the other from byte `start` to `end`; events between `first` and `last` may be missing. */
interface Place {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

export type LoadBlocks = (start: number, end: number) => Promise<readonly Block[]>;

export class RecordedBlocks {
  readonly #load: LoadBlocks;
  readonly #places: Place[] = [];
  /** The place read last: whoever reads one event soon reads its neighbour. */
  #recent: { readonly place: Place; readonly blocks: Promise<readonly Block[]> } | null = null;

  constructor(load: LoadBlocks) {
    this.#load = load;
  }

  /** How much of the file has to be remembered, in places. */
  get size(): number {
    return this.#places.length;
  }

  /** Small neighbours share a place, so that a file of tiny blocks is no larger here than one of large ones. */
  add({ block, start, end }: { readonly block: Block; readonly start: number; readonly end: number }): void {
    const place = { first: block.first, last: block.last, start, end };
    const before = this.#places.at(-1);
    const joins = before?.end === start && end - before.start <= sessionLimits.blockBytes;
    if (before === undefined || !joins) this.#places.push(place);
    else this.#places[this.#places.length - 1] = { ...place, first: before.first, start: before.start };
  }

  async blockOf(seq: number): Promise<Block | null> {
    const place = this.#places[this.#indexOf(seq)];
    if (place === undefined || seq > place.last) return null;
    return (await this.#blocksAt(place)).find((block) => block.has(seq)) ?? null;
  }

  /** The blocks with events from `from` to `to` (inclusive), in order. */
  async *between(from: number, to: number): AsyncGenerator<Block> {
    for (let index = Math.max(0, this.#indexOf(from)); index < this.#places.length; index += 1) {
      const place = this.#places[index];
      if (place === undefined || place.first > to) return;
      for (const block of await this.#load(place.start, place.end)) {
        if (block.last >= from && block.first <= to) yield block;
      }
    }
  }

  #blocksAt(place: Place): Promise<readonly Block[]> {
    if (this.#recent?.place !== place) {
      this.#recent = { place, blocks: this.#load(place.start, place.end) };
    }
    return this.#recent.blocks;
  }

  /** Index of the last place that begins at or before this event, or -1. */
  #indexOf(seq: number): number {
    const { length } = this.#places;
    return firstWhere(0, length, (index) => (this.#places[index]?.first ?? Infinity) > seq) - 1;
  }
}
