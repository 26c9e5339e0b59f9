import { firstWhere } from '@socket-playground/shared/first-where.ts';
import type { Missing } from '@socket-playground/shared/recording/missing.ts';

/** What is missing between events that are kept, in order. Neighbours of one reason are one; two reasons never are. */
export class Holes {
  #holes: Missing[] = [];

  /** Comes behind all others: of what is known to be missing the first reason stays. */
  add({ from, to, reason }: Missing): void {
    const last = this.#holes.at(-1);
    const start = Math.max(from, (last?.to ?? 0) + 1);
    if (start > to) return;
    const joins = last?.to === start - 1 && last.reason === reason;
    if (joins) this.#holes[this.#holes.length - 1] = { ...last, to };
    else this.#holes.push({ from: start, to, reason });
  }

  /** Everything up to here was removed, and what was missing there is now missing for that. */
  removedTo(seq: number): void {
    const later = this.#holes.filter(({ to }) => to > seq);
    this.#holes = [{ from: 1, to: seq, reason: 'keep-limit' }, ...later];
  }

  /** The hole this event is in. */
  at(seq: number): Missing | undefined {
    const hole =
      this.#holes[firstWhere(0, this.#holes.length, (index) => (this.#holes[index]?.to ?? 0) >= seq)];
    return hole !== undefined && hole.from <= seq ? hole : undefined;
  }
}
