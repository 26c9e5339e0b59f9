import type { Row } from '../rows/rows.ts';

/** More rows than are on screen, are selected or belong to what is selected. */
const generation = 4_096;

/**
 * The rows that were asked for lately, by position, so that who asks again gets the same object: what did not change
 * is not drawn again. Rows asked for since the generation before last are certain to be here.
 */
export class RowCache {
  #young = new Map<number, Row>();
  #old = new Map<number, Row>();

  get(position: number): Row | undefined {
    const young = this.#young.get(position);
    if (young !== undefined) return young;
    const old = this.#old.get(position);
    if (old !== undefined) this.set(position, old);
    return old;
  }

  set(position: number, row: Row): void {
    if (this.#young.size >= generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(position, row);
  }

  /** The row became another. */
  delete(position: number): void {
    this.#young.delete(position);
    this.#old.delete(position);
  }
}
