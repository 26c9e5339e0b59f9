/** What comes in any order and more than once, handed on in order and once: segments of a stream (RFC 9293 §3.10.7.4). */
export interface Held {
  /** Where it stands in its stream, and how long it is. */
  readonly at: number;
  readonly size: number;
}

export interface InSequenceTo<Item extends Held> {
  /** The next bytes: those of this item, but for the first `skip`, which were here before. */
  take(item: Item, skip: number): void;
  /** So many bytes never came. */
  miss(bytes: number): void;
}

interface Caps {
  readonly waitingBytes: number;
  readonly waitingPieces: number;
}

export class InSequence<Item extends Held> {
  readonly #to: InSequenceTo<Item>;
  readonly #caps: Caps;
  /** The byte that comes next. */
  #next: number;
  #waiting: Item[] = [];
  #bytes = 0;

  constructor(to: InSequenceTo<Item>, first: number, caps: Caps) {
    this.#to = to;
    this.#next = first;
    this.#caps = caps;
  }

  /** The byte that comes next: what stands behind it waits. */
  get next(): number {
    return this.#next;
  }

  add(item: Item): void {
    if (item.at > this.#next) return this.#wait(item);
    this.#tell(item);
    this.#goOn();
  }

  /** Nothing comes any more: what is missing stays so. */
  finish(): void {
    while (this.#waiting.length > 0) this.#miss();
  }

  #wait(item: Item): void {
    if (item.size === 0) return;
    const index = this.#waiting.findLastIndex(({ at }) => at <= item.at);
    this.#waiting.splice(index + 1, 0, item);
    this.#bytes += item.size;
    const { waitingBytes, waitingPieces } = this.#caps;
    while (this.#bytes > waitingBytes || this.#waiting.length > waitingPieces) this.#miss();
  }

  /** The bytes before the first that waits are given up. */
  #miss(): void {
    const first = this.#waiting[0]?.at ?? this.#next;
    this.#to.miss(first - this.#next);
    this.#next = first;
    this.#goOn();
  }

  #goOn(): void {
    let count = 0;
    for (const item of this.#waiting) {
      if (item.at > this.#next) break;
      this.#tell(item);
      this.#bytes -= item.size;
      count += 1;
    }
    this.#waiting.splice(0, count);
  }

  #tell(item: Item): void {
    const end = item.at + item.size;
    if (end <= this.#next) return;
    this.#to.take(item, this.#next - item.at);
    this.#next = end;
  }
}
