import { done } from '../result.ts';
import type { Refusal, Result } from '../result.ts';
import type { SocketHost } from './socket.ts';

/**
 * A socket that reads, or does not. Two hands hold it up, each for its own reason: the person's `pause`, which is a
 * fact, and back-pressure, which `blocked` and `drained` tell of. It reads while neither does.
 */
export abstract class ReadingSocket {
  protected readonly host: SocketHost;
  #isPaused = false;
  #isHeld = false;

  constructor(host: SocketHost) {
    this.host = host;
  }

  get id(): number {
    return this.host.id;
  }

  /** Why there is nothing to pause, or null. */
  protected abstract readingRefused(): Refusal | null;

  /** Starts or stops reading, if there is a kernel socket to read from. */
  protected abstract read(reads: boolean): void;

  /** Once the kernel socket is there, and whenever a hand changes. */
  protected updateReading(): void {
    this.read(!this.#isPaused && !this.#isHeld);
  }

  /** Nothing is read after `paused`. */
  pause(): Result<null> {
    const refused = this.readingRefused();
    if (refused) return refused;
    if (this.#isPaused) return done(null);
    this.#isPaused = true;
    this.updateReading();
    this.host.record({ type: 'paused' });
    return done(null);
  }

  /** Nothing is read before `resumed`. */
  resume(): Result<null> {
    const refused = this.readingRefused();
    if (refused) return refused;
    if (!this.#isPaused) return done(null);
    this.#isPaused = false;
    this.host.record({ type: 'resumed' });
    this.updateReading();
    return done(null);
  }

  hold(): void {
    this.#isHeld = true;
    this.updateReading();
  }

  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.updateReading();
  }
}
