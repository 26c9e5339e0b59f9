const shared = { bytes: new Uint8Array(0) };

/**
 * Where reads land before their bytes are copied out. libuv asks for a buffer right before each read(2) and calls back
 * right after it, so one buffer serves every connection and ten thousand idle ones cost nothing. On Windows a buffer is
 * handed to the kernel ahead of the data: there each connection needs its own.
 */
export class ReadBuffer {
  readonly #own = process.platform === 'win32' ? { bytes: new Uint8Array(0) } : shared;
  /** The most bytes one read asks for. */
  size: number;

  constructor(size: number) {
    this.size = size;
  }

  next(): Uint8Array {
    if (this.#own.bytes.length < this.size) this.#own.bytes = new Uint8Array(this.size);
    return this.#own.bytes.subarray(0, this.size);
  }

  /** A copy of what the last read brought. */
  take(size: number): Uint8Array {
    return this.#own.bytes.slice(0, size);
  }
}
