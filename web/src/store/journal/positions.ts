/**
 * Rising positions of rows, four bytes each. Grows at the end and shrinks at the front, both in constant time on
 * average. All that is kept at one time lies within 2³² of each other: the journal holds far fewer rows.
 */
import { firstWhere } from '@socket-playground/shared/first-where.ts';

const leastRoom = 8;

export class Positions {
  #values = new Uint32Array(leastRoom);
  /** What the stored values are counted from. */
  #base = 0;
  #head = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#head;
  }

  at(index: number): number | undefined {
    const value = index < 0 || index >= this.length ? undefined : this.#values[this.#head + index];
    return value === undefined ? undefined : this.#base + value;
  }

  push(position: number): void {
    if (this.length === 0) this.#begin(position);
    if (this.#end === this.#values.length) this.#move(this.#values.length * 2);
    this.#values[this.#end] = position - this.#base;
    this.#end += 1;
  }

  /** Puts a position before the first: in constant time behind a `dropFront`. */
  unshift(position: number): void {
    if (this.length === 0) {
      this.push(position);
      return;
    }
    if (this.#head === 0 || position < this.#base) this.#move(this.#values.length * 2, position);
    this.#head -= 1;
    this.#values[this.#head] = position - this.#base;
  }

  dropFront(count: number): void {
    if (count <= 0) return;
    this.#head = Math.min(this.#end, this.#head + count);
    if (this.#head * 2 >= this.#end) this.#move(this.length * 2);
  }

  /** Index of the first position that is not below `least`. */
  firstFrom(least: number): number {
    return firstWhere(0, this.length, (index) => (this.at(index) ?? Infinity) >= least);
  }

  #begin(position: number): void {
    this.#base = position;
    this.#head = 0;
    this.#end = 0;
  }

  /** Into an array of its own size, counted from the first position anew, with one free place before it. */
  #move(room: number, from = this.at(0) ?? 0): void {
    const shift = from - this.#base;
    const values = new Uint32Array(Math.max(leastRoom, room, this.length + 2));
    const { length } = this;
    for (let index = 0; index < length; index += 1) {
      values[index + 1] = (this.#values[this.#head + index] ?? 0) - shift;
    }
    this.#values = values;
    this.#base = from;
    this.#head = 1;
    this.#end = length + 1;
  }
}
