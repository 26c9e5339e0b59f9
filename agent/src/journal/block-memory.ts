/**
 * The memory of blocks, used again: a flood would otherwise allocate its whole volume and have the collector stop
 * everything for it. What is given back rests until this turn of the event loop is over, since whoever is in the middle of
 * something may still look at it.
 */
/** As many blocks as a busy turn fills. */
const mostSpare = 16;

export class BlockMemory {
  readonly #blockBytes: number;
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];
  #resting: Uint8Array<ArrayBuffer>[] = [];

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes;
  }

  /** At least `room` bytes, and no fewer than are usual. Not zeroed: only bytes that were written are ever read. */
  take(room: number, usual = this.#blockBytes): Uint8Array<ArrayBuffer> {
    const bytes = Math.max(room, usual);
    const spare = bytes === this.#blockBytes ? this.#spare.pop() : undefined;
    if (spare) return spare;
    const buffer = Buffer.allocUnsafeSlow(bytes);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
  }

  /** Memory that nobody needs after this turn; null, or of an unusual size, it is left to the collector. */
  give(memory: Uint8Array<ArrayBuffer> | null): void {
    if (memory?.length !== this.#blockBytes) return;
    if (this.#resting.length === 0) setImmediate(() => this.#rested());
    this.#resting.push(memory);
  }

  #rested(): void {
    this.#spare.push(...this.#resting.slice(0, mostSpare - this.#spare.length));
    this.#resting = [];
  }
}
