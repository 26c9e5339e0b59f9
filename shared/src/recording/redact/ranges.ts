/** Places of a stream that are to be hidden: apart from each other and in order, however they were found. */
import { firstWhere } from '../../first-where.ts';

const filler = 0x78;

export class Ranges {
  /** From and to (exclusive) in turns, in bytes from the beginning of the stream. */
  readonly #edges: number[] = [];

  get count(): number {
    return this.#edges.length / 2;
  }

  /** None added before ends behind this one. What touches becomes one. */
  add(from: number, to: number): void {
    let start = from;
    while (this.#edges.length > 0 && (this.#edges.at(-1) ?? 0) >= from) {
      this.#edges.pop();
      start = Math.min(start, this.#edges.pop() ?? start);
    }
    this.#edges.push(start, to);
  }

  /** These bytes begin at `start` of the stream; the same ones when nothing in them is to be hidden, else a copy. */
  hide(bytes: Uint8Array, start: number): Uint8Array {
    let hidden = bytes;
    for (let index = this.#indexOf(start); index < this.#edges.length; index += 2) {
      const [from = 0, to = 0] = [this.#edges[index], this.#edges[index + 1]];
      if (from >= start + bytes.length) break;
      if (hidden === bytes) hidden = bytes.slice();
      hidden.fill(filler, Math.max(0, from - start), to - start);
    }
    return hidden;
  }

  /** Of the first range that ends behind this byte. */
  #indexOf(byte: number): number {
    return 2 * firstWhere(0, this.count, (index) => (this.#edges[2 * index + 1] ?? Infinity) > byte);
  }
}
