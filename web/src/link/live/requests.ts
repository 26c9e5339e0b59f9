/** Questions under way, by their id; each gets its answer, or the one for a link that broke. */
export class Requests<Answer> {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #broken: Answer;
  #last = 0;

  constructor(broken: Answer) {
    this.#broken = broken;
  }

  expect(): { id: number; answer: Promise<Answer> } {
    const id = (this.#last += 1);
    return { id, answer: new Promise((resolve) => this.#waiting.set(id, resolve)) };
  }

  /** Whether somebody waited for it. */
  settle(id: number, answer: Answer): boolean {
    this.#waiting.get(id)?.(answer);
    return this.#waiting.delete(id);
  }

  lose(): void {
    for (const resolve of this.#waiting.values()) resolve(this.#broken);
    this.#waiting.clear();
  }
}
