/** Where in a file each event is: its blocks, read again when somebody asks for them. */
import type { Block } from '@socket-playground/shared/wire/block.ts';

interface Known {
  readonly first: number;
  readonly last: number;
  readonly load: () => Promise<Block | null>;
}

export class RecordedBlocks {
  readonly #known: Known[] = [];
  /** The block read last: whoever reads one event soon reads its neighbour. */
  #recent: { readonly known: Known; readonly block: Promise<Block | null> } | null = null;

  add({ block, load }: { readonly block: Block; readonly load: Known['load'] }): void {
    this.#known.push({ first: block.first, last: block.last, load });
  }

  async blockOf(seq: number): Promise<Block | null> {
    const known = this.#known[this.#indexOf(seq)];
    if (known === undefined || seq > known.last) return null;
    if (this.#recent?.known !== known) this.#recent = { known, block: known.load() };
    return this.#recent.block;
  }

  /** The blocks with events from `from` to `to` (inclusive), in order. */
  async *between(from: number, to: number): AsyncGenerator<Block> {
    for (let index = Math.max(0, this.#indexOf(from)); index < this.#known.length; index += 1) {
      const known = this.#known[index];
      if (known === undefined || known.first > to) return;
      const block = await known.load();
      if (block !== null) yield block;
    }
  }

  /** Index of the last block that begins at or before this event, or -1. */
  #indexOf(seq: number): number {
    let low = 0;
    let high = this.#known.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#known[middle]?.first ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
