const shared = { bytes: new Uint8Array(0) };

/**
 * Where reads land before the journal copies their bytes. A read and its callback come right after one another, so one buffer
 * serves every connection and ten thousand idle ones cost nothing. On Windows a buffer is handed to the kernel ahead of
 * the data: there each connection needs its own.
 */
export class ReadBuffer {
  readonly #own = process.platform === 'win32' ? { bytes: new Uint8Array(0) } : shared;
  #next = new Uint8Array(0);
  /** The most bytes one read asks for. */
  size: number;

  constructor(size: number) {
    this.size = size;
  }

  /** Where the next read goes, until this is called again: a larger buffer that another connection asks for is not ours. */
  next(): Uint8Array {
    if (this.#own.bytes.length < this.size) this.#own.bytes = new Uint8Array(this.size);
    this.#next = this.#own.bytes.subarray(0, this.size);
    return this.#next;
  }

  /** What the last read brought: a view, good until the next read. */
  read(size: number): Uint8Array {
    return this.#next.subarray(0, size);
  }
}
