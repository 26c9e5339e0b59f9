const looks = 4;

/** Calls back once when something is not over after `mostMs`. Time in which this process itself was stopped hardly counts. */
export class Patience {
  readonly #timer: NodeJS.Timeout;

  constructor(mostMs: number, onEnd: () => void) {
    let left = looks;
    // A timer that is late fires once, however late it is.
    this.#timer = setInterval(() => {
      left -= 1;
      if (left > 0) return;
      this.end();
      onEnd();
    }, mostMs / looks).unref();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
