import type { SocketHost } from './socket.ts';

/**
 * Whether a socket reads. Two hands hold it up, each for its own reason: the person's `pause`, which is a fact, and
 * back-pressure, which `blocked` and `drained` tell of. It reads while neither does.
 */
export class Reading {
  readonly #host: SocketHost;
  /** Starts or stops reading, if there is a kernel socket to read from. */
  readonly #apply: (reads: boolean) => void;
  #paused = false;
  #held = false;

  constructor(host: SocketHost, apply: (reads: boolean) => void) {
    this.#host = host;
    this.#apply = apply;
  }

  /** Once the kernel socket is there. */
  begin(): void {
    this.#update();
  }

  /** Nothing is read after `paused`. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#update();
    this.#host.record({ type: 'paused' });
  }

  /** Nothing is read before `resumed`. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#host.record({ type: 'resumed' });
    this.#update();
  }

  hold(): void {
    this.#held = true;
    this.#update();
  }

  release(): void {
    this.#held = false;
    this.#update();
  }

  #update(): void {
    this.#apply(!this.#paused && !this.#held);
  }
}
