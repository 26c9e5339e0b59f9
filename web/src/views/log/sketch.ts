/**
 * The rows of the log as a picture, for a flood in which nobody could read each: the same cells at the same places as
 * the elements beneath (`row-element.ts`), at a fraction of what those cost. What a cell showed already is not drawn
 * again.
 */
import type { ColumnId } from '../../store/kept/settings.svelte.ts';
import { cellPainters } from './cell-painters.ts';
import type { EventCells } from './row.ts';
import type { RowLook } from './look.ts';
import { Pen } from './pen.ts';
import type { Sample } from './sample.ts';

/** A row that a sketch can show. The others are rare in a flood, and the elements show them. */
export interface PlainLook extends RowLook {
  readonly cells: EventCells;
}

export function isPlain(look: RowLook): look is PlainLook {
  const { cells, selected, otherEnd, marked } = look;
  if (selected || otherEnd || marked || cells.kind !== 'event') return false;
  return cells.failure === null && !cells.afterPause && !cells.lanes.some((lane) => lane.endsWith('cross'));
}

export interface Size {
  /** Px of the page; `ratio` of the screen's are one of them. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export class Sketch {
  readonly #pen: Pen;
  readonly #sample: Sample;
  readonly #size: Size;
  /** What each cell of each place shows. */
  #shown: Map<ColumnId, string>[] = [];

  constructor(context: CanvasRenderingContext2D, sample: Sample, size: Size) {
    const { canvas } = context;
    this.#sample = sample;
    this.#size = size;
    canvas.width = Math.round(size.width * size.ratio);
    canvas.height = Math.round(size.height * size.ratio);
    context.scale(size.ratio, size.ratio);
    this.#pen = new Pen(context);
    this.#clear();
  }

  draw(looks: readonly PlainLook[]): void {
    if (looks.length < this.#shown.length) this.#clear();
    // One column after the other: each has a font of its own.
    for (const painter of cellPainters) {
      const box = this.#sample.columns[painter.column];
      if (box === null) continue;
      for (const [place, { cells, topPx, heightPx }] of looks.entries()) {
        if (!this.#isNew(place, painter.column, `${topPx} ${painter.says(cells)}`)) continue;
        this.#pen.fill(this.#sample.paper, { ...box, top: topPx, height: heightPx });
        painter.paint(this.#pen.at(topPx, heightPx), cells, this.#sample);
      }
    }
  }

  #isNew(place: number, column: ColumnId, says: string): boolean {
    const shown = (this.#shown[place] ??= new Map());
    if (shown.get(column) === says) return false;
    shown.set(column, says);
    return true;
  }

  #clear(): void {
    const { width, height } = this.#size;
    this.#shown = [];
    this.#pen.fill(this.#sample.paper, { left: 0, width, top: 0, height });
  }
}
