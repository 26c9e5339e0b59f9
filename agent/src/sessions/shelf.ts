import type { KeptSession } from './kept-session.ts';

export interface ShelfLimits {
  /** Sessions that stay open though nobody reads them. */
  readonly idleSessions: number;
  readonly idleSessionMs: number;
}

/** An open session in the hands of one reader. */
export interface Lent {
  readonly kept: KeptSession;
  /** To be called once. */
  giveBack(): Promise<void>;
}

interface Book {
  readonly opening: Promise<KeptSession | null>;
  readers: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Kept sessions that are open. To find where each event is takes reading all of a session, and a page that shows one asks
 * for payload after payload: it stays open for a while, for whoever asks next.
 */
export class Shelf {
  readonly #limits: ShelfLimits;
  /** The one nobody has read for longest comes first. */
  readonly #books = new Map<string, Book>();

  constructor(limits: ShelfLimits) {
    this.#limits = limits;
  }

  /** What is open under this name, else what `open` opens; null when that is none. Rejects when it does. */
  async take(name: string, open: () => Promise<KeptSession | null>): Promise<Lent | null> {
    const book = this.#books.get(name) ?? { opening: open(), readers: 0, timer: undefined };
    this.#books.set(name, book);
    clearTimeout(book.timer);
    book.readers += 1;
    const kept = await book.opening.catch((error: unknown) => {
      this.#drop(name, book);
      throw error;
    });
    if (kept === null) this.#drop(name, book);
    return kept && { kept, giveBack: () => this.#takeBack(name, book) };
  }

  /** Closes what nobody reads. */
  async close(): Promise<void> {
    await Promise.all(this.#idle().map(([name, book]) => this.#putAway(name, book)));
  }

  async #takeBack(name: string, book: Book): Promise<void> {
    book.readers -= 1;
    if (book.readers > 0) return;
    this.#drop(name, book);
    this.#books.set(name, book);
    book.timer = setTimeout(() => void this.#putAway(name, book), this.#limits.idleSessionMs).unref();
    const [longest] = this.#idle();
    if (longest !== undefined && this.#idle().length > this.#limits.idleSessions)
      await this.#putAway(...longest);
  }

  #idle(): [string, Book][] {
    return [...this.#books].filter(([, { readers }]) => readers === 0);
  }

  #drop(name: string, book: Book): void {
    if (this.#books.get(name) === book) this.#books.delete(name);
  }

  async #putAway(name: string, book: Book): Promise<void> {
    clearTimeout(book.timer);
    this.#drop(name, book);
    await (await book.opening)?.close();
  }
}
