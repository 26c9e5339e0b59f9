/** What is wrong with a file: where, and why. */
export interface Mistake {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

export class FileMistakes {
  readonly #found: Mistake[] = [];

  add(line: number, reason: string): void {
    if (!this.#found.some((each) => each.line === line && each.reason === reason))
      this.#found.push({ line, reason });
  }

  get all(): readonly Mistake[] {
    return this.#found.toSorted((a, b) => a.line - b.line);
  }
}
