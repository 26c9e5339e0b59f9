/** Who wants to hear that something has grown. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  /** Returns the way to stop listening. */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when they are told next. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.add(() => {
        stop();
        resolve();
      });
    });
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
