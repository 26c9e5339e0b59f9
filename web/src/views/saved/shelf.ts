import type { Named, Saved } from '../../store/kept/saved.svelte.ts';

/** What may be kept under a name beside a field: how its owner speaks of it, and what there is to keep now. */
export interface Shelf<Item extends Named> {
  readonly saved: Saved<Item>;
  /** Of the button and of what it opens. */
  readonly label: string;
  /** The name under which what is in the field is kept. */
  readonly kept: string | null;
  /** The name for what is in the field, as long as nobody writes another; null: there is nothing that can be kept. */
  readonly suggested: string | null;
  /** Why what is in the field cannot be kept; what one says where nothing is kept yet. */
  readonly refused: string | null;
  readonly none: string;
  /** What the button says that keeps, and several of what it keeps. */
  readonly keepWords: string;
  readonly plural: string;
  /** What an item is, in one line. */
  readonly text: (item: Item) => string;
  /** Returns whether it is kept now. */
  readonly keep: (name: string) => boolean;
  /** Puts an item into the field. */
  readonly apply: (item: Item) => void;
}
