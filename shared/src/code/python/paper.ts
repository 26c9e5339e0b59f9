/** A Python program while it is written: indentation, what is imported, and functions that stand before the rest. */
import type { Span } from '../plan.ts';
import type { Written } from '../program.ts';
import { comment } from './text.ts';

const step = '    ';

interface OpenBlock {
  /** Python has no block without a statement. */
  isEmpty: boolean;
}

export class Paper {
  readonly #lines: Written[] = [];
  readonly #blocks: OpenBlock[] = [];

  get lines(): readonly Written[] {
    return this.#lines;
  }

  /** How many blocks are open. */
  get depth(): number {
    return this.#blocks.length;
  }

  line(text: string, seqs: readonly number[] = []): void {
    const block = this.#blocks.at(-1);
    if (block) block.isEmpty = false;
    this.#put(text, seqs, null);
  }

  comment(text: string, seqs: readonly number[] = [], span: Span | null = null): void {
    this.#put(comment(text), seqs, span);
  }

  blank(): void {
    this.#lines.push({ text: '', seqs: [], span: null });
  }

  /** A line that ends in a colon, and the block it begins. */
  open(text: string, seqs: readonly number[] = []): void {
    this.line(text, seqs);
    this.#blocks.push({ isEmpty: true });
  }

  /** Ends the innermost block. */
  close(): void {
    if (this.#blocks.at(-1)?.isEmpty === true) this.line('pass');
    this.#blocks.pop();
  }

  closeTo(depth: number): void {
    while (this.depth > depth) this.close();
  }

  block(text: string, seqs: readonly number[], body: () => void): void {
    this.open(text, seqs);
    body();
    this.close();
  }

  #put(text: string, seqs: readonly number[], span: Span | null): void {
    this.#lines.push({ text: `${step.repeat(this.depth)}${text}`, seqs, span });
  }
}
