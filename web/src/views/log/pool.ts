/** The rows that are in the page: as many as there is something to show in, reused as the log moves. */
import type { RowLook } from './look.ts';
import { RowElement } from './row-element.ts';

export class Pool {
  readonly #host: Element;
  readonly #rows: RowElement[] = [];

  constructor(host: Element) {
    this.#host = host;
  }

  /** Shows these and no others, in their order. */
  show(looks: readonly RowLook[]): void {
    while (this.#rows.length > looks.length) this.#rows.pop()?.element.remove();
    for (const [place, look] of looks.entries()) this.#rowAt(place).show(look);
  }

  /** The place of the row that an element is in, or -1. */
  placeOf(target: EventTarget | null): number {
    const row = target instanceof Element ? target.closest('[role="row"]') : null;
    return this.#rows.findIndex(({ element }) => element === row);
  }

  /** Index of the column that an element is in, or -1. */
  columnOf(target: EventTarget | null): number {
    const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
    return Number(cell?.getAttribute('aria-colindex') ?? 0) - 1;
  }

  #rowAt(place: number): RowElement {
    const known = this.#rows[place];
    if (known !== undefined) return known;
    const made = new RowElement();
    this.#rows.push(made);
    this.#host.append(made.element);
    return made;
  }
}
