/**
 * All rows, in blocks of columns. A row keeps its absolute position for as long as it is here; the oldest go first,
 * and their memory with them, a block at a time.
 */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { blockRows, RowBlock } from './row-block.ts';
import type { Ends } from '../rows/ends.ts';
import type { LaneMark } from '../rows/lanes.ts';
import type { GapRow, RestartRow } from '../rows/rows.ts';

/** Neighbouring rows of one block: its slots `from` … `to - 1`. */
export interface Section {
  readonly block: RowBlock;
  readonly from: number;
  readonly to: number;
  /** Absolute position of the block's slot 0. */
  readonly base: number;
}

export class Columns {
  #blocks: RowBlock[] = [];
  /** Absolute position of the first block's slot 0. */
  #base = 0;
  #first = 0;
  #end = 0;

  /** Absolute position of the first row that is here, and of the one that will come next. */
  get first(): number {
    return this.#first;
  }

  get end(): number {
    return this.#end;
  }

  /** Returns the bytes that the row holds beside its columns. */
  push(event: SocketEvent, ends: Ends, offset: number | null, lanes: LaneMark): number {
    const block = this.#last();
    block.push(event, ends, offset, lanes);
    this.#end += 1;
    return block.weightAt(block.length - 1);
  }

  pushWhole(row: GapRow | RestartRow): void {
    this.#last().pushWhole(row);
    this.#end += 1;
  }

  /** Says of the last row, when it is a gap, who stands behind it. Returns the bytes that this holds. */
  stand(standing: readonly SocketState[]): number {
    const block = this.#blocks.at(-1);
    const slot = (block?.length ?? 0) - 1;
    const whole = block?.wholeAt(slot);
    if (block === undefined || whole === undefined || !('kind' in whole) || whole.kind !== 'gap') return 0;
    const before = block.weightAt(slot);
    block.replace(slot, { ...whole, standing });
    return block.weightAt(slot) - before;
  }

  /** The block of a position that is here, and the slot in it. */
  find(position: number): { readonly block: RowBlock; readonly slot: number } | undefined {
    if (position < this.#first || position >= this.#end) return undefined;
    const distance = position - this.#base;
    const block = this.#blocks[Math.floor(distance / blockRows)];
    return block && { block, slot: distance % blockRows };
  }

  /** The rows `from` … `to - 1` that are here, a block at a time. */
  *sections(from: number, to: number): Generator<Section> {
    const end = Math.min(to, this.#end);
    let at = Math.max(from, this.#first);
    while (at < end) {
      const found = this.find(at);
      if (found === undefined) return;
      const base = at - found.slot;
      const next = Math.min(end, base + blockRows);
      yield { block: found.block, from: found.slot, to: next - base, base };
      at = next;
    }
  }

  /** Lets go of everything before `position`, and makes the row there the gap that says so. Returns the bytes that it holds. */
  dropBefore(position: number, gap: GapRow): number {
    this.#first = position;
    const blocks = Math.floor((position - this.#base) / blockRows);
    this.#blocks = this.#blocks.slice(blocks);
    this.#base += blocks * blockRows;
    const [first] = this.#blocks;
    first?.replace(position - this.#base, gap);
    return first?.weightAt(position - this.#base) ?? 0;
  }

  #last(): RowBlock {
    const last = this.#blocks.at(-1);
    if (last !== undefined && !last.isFull) return last;
    const block = new RowBlock();
    this.#blocks.push(block);
    return block;
  }
}
