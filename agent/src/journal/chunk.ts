const offsetsAtFirst = 1024;

/** A stretch of records in one buffer, with where each begins. */
export class Chunk {
  readonly first: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #offsets = new Uint32Array(offsetsAtFirst);
  #count = 0;
  #used = 0;

  constructor(first: number, capacity: number) {
    this.first = first;
    this.#bytes = new Uint8Array(capacity);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  get free(): number {
    return this.#bytes.length - this.#used;
  }

  /** `write` puts one record at the given place and answers its length. */
  append(write: (into: Uint8Array, at: number) => number): void {
    if (this.#count === this.#offsets.length) this.#growOffsets();
    this.#offsets[this.#count] = this.#used;
    this.#used += write(this.#bytes, this.#used);
    this.#count += 1;
  }

  /** A view of the record, not a copy; null when it is not in this chunk. */
  record(seq: number): Uint8Array | null {
    const index = seq - this.first;
    if (index < 0 || index >= this.#count) return null;
    const end = index + 1 < this.#count ? this.#offsets[index + 1] : this.#used;
    return this.#bytes.subarray(this.#offsets[index], end);
  }

  /** Views of all its records, in order. */
  *records(): Iterable<Uint8Array> {
    for (let seq = this.first; seq < this.first + this.#count; seq += 1) {
      const record = this.record(seq);
      if (record) yield record;
    }
  }

  #growOffsets(): void {
    const grown = new Uint32Array(2 * this.#offsets.length);
    grown.set(this.#offsets);
    this.#offsets = grown;
  }
}
