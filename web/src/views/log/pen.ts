/** Draws texts and marks on a canvas as the browser lays them out in cells. Places are px from the left and the top of a row. */
import { limits } from '../../store/limits.ts';
import type { Arrow, Part, Sample, State } from './sample.ts';

export interface Area {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

const ellipsis = '…';
const isAscii = (text: string) => /^[ -~]*$/.test(text);
/** Of the marks in lanes, px: `row.css`. */
const [dotPx, ringPx, boundPx] = [3.5, 1.5, 10];

export class Pen {
  readonly #context: CanvasRenderingContext2D;
  readonly #widths = new Map<string, number>();
  readonly #outlines = new Map<string, Path2D>();
  /** The row. */
  #top = 0;
  #height = 0;
  #font = '';
  #color = '';
  #rendering: Part['rendering'] = 'auto';

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /** The same pen, for another row. */
  at(top: number, height: number): this {
    [this.#top, this.#height] = [top, height];
    return this;
  }

  fill(color: string, { left, width, top, height }: Area): void {
    this.#dip(color);
    this.#context.fillRect(left, top, width, height);
  }

  text(text: string, part: Part | null): void {
    if (part !== null) this.#write(text, part, part.left);
  }

  /** Ends where the part ends. */
  textBefore(text: string, part: Part | null): void {
    if (part !== null) this.#write(text, part, part.right - this.width(text, part));
  }

  /** Returns where it ends; null when it had no room before `end` and ended in an ellipsis. */
  textWithin(text: string, part: Part | null, left: number, end: number): number | null {
    if (part === null) return left;
    const right = left + this.width(text, part);
    const fits = right <= end;
    this.#write(fits ? text : this.#fitting(text, part, end - left) + ellipsis, part, left);
    return fits ? right : null;
  }

  width(text: string, part: Part | null): number {
    if (part === null || text === '') return 0;
    return part.advance !== null && isAscii(text) ? text.length * part.advance : this.#measured(text, part);
  }

  /** An outline that points right. */
  arrow(arrow: Arrow | null, flipped: boolean, color: string): void {
    if (arrow === null) return;
    const { left, top, width, outline } = arrow;
    const path = this.#outlines.get(outline) ?? new Path2D(outline);
    this.#outlines.set(outline, path);
    this.#dip(color);
    const context = this.#context;
    context.save();
    context.translate(flipped ? left + width : left, this.#top + top);
    if (flipped) context.scale(-1, 1);
    context.fill(path);
    context.restore();
  }

  state(state: State | undefined): void {
    if (state === undefined) return;
    this.#dip(state.color);
    const context = this.#context;
    context.save();
    context.strokeStyle = state.color;
    context.translate(state.left, this.#top + state.top);
    for (const { path, isFilled, strokePx, dash } of state.shapes) {
      if (isFilled) context.fill(path);
      if (strokePx === 0) continue;
      context.lineWidth = strokePx;
      context.setLineDash(dash);
      context.stroke(path);
    }
    context.restore();
  }

  /** By its classes, as in `row.ts`. */
  lane(classes: string, { lanes, paper, line, ring, directions }: Sample): void {
    const [which = '', ...marks] = classes.split(' ');
    const left = lanes[Number(which.slice('lane-'.length))];
    if (left === undefined) return;
    if (!marks.includes('here')) {
      const from = marks.includes('start') ? boundPx : 0;
      const height = this.#height - from - (marks.includes('stop') ? boundPx : 0);
      return this.fill(line, { left, width: 1, top: this.#top + from, height });
    }
    const hollow = marks.includes('hollow');
    this.#dot(left, dotPx + (hollow ? 0 : ringPx), hollow ? ring : paper);
    const color = marks.includes('to-server') ? directions['to-server'] : directions['to-client'];
    this.#dot(left, hollow ? dotPx - ringPx : dotPx, hollow ? paper : color);
  }

  /** On the line of a lane, in the middle of the row, at whole pixels. */
  #dot(laneLeft: number, radius: number, color: string): void {
    const middle = Math.round(this.#top + this.#height / 2 - dotPx) + dotPx;
    this.#dip(color);
    this.#context.beginPath();
    this.#context.arc(laneLeft + 0.5, middle, radius, 0, 2 * Math.PI);
    this.#context.fill();
  }

  #write(text: string, part: Part, left: number): void {
    if (text === '') return;
    this.#dress(part);
    this.#dip(part.color);
    this.#context.fillText(text, left, this.#top + part.baseline);
  }

  #fitting(text: string, part: Part, room: number): string {
    const most = room - this.width(ellipsis, part);
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.width(text.slice(0, middle), part) <= most) low = middle;
      else high = middle - 1;
    }
    return text.slice(0, low);
  }

  #measured(text: string, part: Part): number {
    const key = `${part.font} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    this.#dress(part);
    const { width } = this.#context.measureText(text);
    if (this.#widths.size >= limits.measuredTexts) this.#widths.clear();
    this.#widths.set(key, width);
    return width;
  }

  /** To set what is set already costs as much as to set it. */
  #dress({ font, rendering }: Part): void {
    if (this.#font !== font) this.#context.font = this.#font = font;
    if (this.#rendering !== rendering) this.#context.textRendering = this.#rendering = rendering;
  }

  #dip(color: string): void {
    if (this.#color !== color) this.#context.fillStyle = this.#color = color;
  }
}
