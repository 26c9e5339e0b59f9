/** The first bytes of payloads, one behind the other, in one buffer that grows. What was handed out stays as it is. */
const firstRoom = 4096;

export class Arena {
  #bytes = new Uint8Array(0);
  #used = 0;

  get used(): number {
    return this.#used;
  }

  /** All of it, with room behind what is used. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  push(data: Uint8Array): void {
    const end = this.#used + data.length;
    if (end > this.#bytes.length) this.#resize(Math.max(firstRoom, 2 * this.#bytes.length, end));
    this.#bytes.set(data, this.#used);
    this.#used = end;
  }

  /** Gives back the room that will not be used. */
  seal(): void {
    if (this.#used < this.#bytes.length) this.#resize(this.#used);
  }

  #resize(room: number): void {
    const bytes = new Uint8Array(room);
    bytes.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = bytes;
  }
}
