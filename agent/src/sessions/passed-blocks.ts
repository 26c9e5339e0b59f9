import type { OwnState, SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { advance } from '../journal/advance.ts';

/** Blocks that follow one another. */
interface Row {
  readonly blocks: Block[];
  /** The sockets that were open right before the first of them. */
  readonly standing: Map<number, OwnState>;
}

/**
 * Blocks of memory that nothing was stored of, because the disk refused. No file tells which sockets were open before
 * them, so that is kept here: once for each row of them, and brought up to date when memory lets go of the first.
 */
export class PassedBlocks {
  readonly #rows: Row[] = [];
  readonly #firsts = new Set<number>();

  /** A block that comes behind all others will not be stored. `standing` is asked when it follows none of them. */
  add(block: Block, standing: () => readonly SocketState[]): void {
    this.#firsts.add(block.first);
    const row = this.#rows.at(-1);
    if (row?.blocks.at(-1)?.last === block.first - 1) row.blocks.push(block);
    else this.#rows.push({ blocks: [block], standing: tableOf(standing()) });
  }

  /** Whether the block that begins with this event is one of them. */
  has(first: number): boolean {
    return this.#firsts.has(first);
  }

  /** Memory has let go of its oldest block. */
  released(block: Block): void {
    if (!this.#firsts.delete(block.first)) return;
    const [row] = this.#rows;
    row?.blocks.shift();
    if (row?.blocks.length === 0) this.#rows.shift();
    else if (row) advance(row.standing, block);
  }

  /** The sockets that were open right before this event, when a row begins with it. */
  standingAt(first: number): readonly SocketState[] | undefined {
    const row = this.#rows.find(({ blocks }) => blocks[0]?.first === first);
    return row && [...row.standing.values()].map((state) => ({ ...state }));
  }
}

const tableOf = (states: readonly SocketState[]) =>
  new Map(states.map((state): [number, OwnState] => [state.socket, { ...state }]));
