/** What is wrong with a file: where, and why. */
export interface Mistake extends Spot {
  readonly reason: string;
}

/** A place in a file. */
export interface Spot {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1; null where the whole line is meant. */
  readonly column: number | null;
}

export class FileMistakes {
  readonly #found: Mistake[] = [];

  add(at: number | Spot, reason: string): void {
    const { line, column } = typeof at === 'number' ? { line: at, column: null } : at;
    if (!this.#found.some((each) => each.line === line && each.reason === reason))
      this.#found.push({ line, column, reason });
  }

  get all(): readonly Mistake[] {
    return this.#found.toSorted((a, b) => a.line - b.line);
  }
}
