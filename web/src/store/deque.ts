/** A list that grows at the end and shrinks at the front, both in constant time on average. */
export class Deque<Item> {
  #items: Item[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  at(index: number): Item | undefined {
    return index < 0 ? undefined : this.#items[this.#head + index];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** In constant time behind a `dropFront`. */
  unshift(item: Item): void {
    if (this.#head === 0) this.#items.unshift(item);
    else {
      this.#head -= 1;
      this.#items[this.#head] = item;
    }
  }

  dropFront(count: number): void {
    this.#head = Math.min(this.#items.length, this.#head + count);
    if (this.#head * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }

  replaceFirst(item: Item): void {
    if (this.length > 0) this.#items[this.#head] = item;
  }
}
