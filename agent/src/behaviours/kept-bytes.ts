/**
 * The bytes that behaviours keep in memory, over all sockets: what they collect, and what they said to peers that do not
 * read. Each socket has its own caps; without one for all, a few thousand of them would be more memory than there is.
 * Heads of HTTP requests (8 KiB a socket) and what rooms and datagram sockets queue have only those of their own.
 */
export class KeptBytes {
  readonly #most: number;
  #all = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** What is left of the cap; negative where answers went past it. */
  get left(): number {
    return this.#most - this.#all;
  }

  /** So many more are kept, or fewer. */
  change(by: number): void {
    this.#all += by;
  }
}
