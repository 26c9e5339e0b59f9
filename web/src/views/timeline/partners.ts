/**
 * Pairs of rows by their absolute positions, four bytes a row: there may be a pair for nearly every row of the journal.
 * What lies before a position is forgotten a chunk at a time.
 */
const chunkRows = 16_384;
/** No two rows that are here at the same time are this far from each other. */
const alone = 0x7fff_ffff;

export class Partners {
  /** For each row how far away its partner is; 0 where none is known. */
  readonly #chunks = new Map<number, Int32Array>();

  of(position: number): number | null {
    const away = this.#away(position);
    return away === 0 || away === alone ? null : position + away;
  }

  /** Whether it is known to have none. */
  isAlone(position: number): boolean {
    return this.#away(position) === alone;
  }

  join(one: number, other: number): void {
    this.#set(one, other - one);
    this.#set(other, one - other);
  }

  leave(position: number): void {
    this.#set(position, alone);
  }

  forgetBefore(position: number): void {
    for (const chunk of this.#chunks.keys())
      if ((chunk + 1) * chunkRows <= position) this.#chunks.delete(chunk);
  }

  #away(position: number): number {
    return this.#chunks.get(Math.floor(position / chunkRows))?.[position % chunkRows] ?? 0;
  }

  #set(position: number, away: number): void {
    const number = Math.floor(position / chunkRows);
    const chunk = this.#chunks.get(number) ?? new Int32Array(chunkRows);
    this.#chunks.set(number, chunk);
    chunk[position % chunkRows] = away;
  }
}
