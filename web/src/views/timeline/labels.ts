/** Words of a picture: where each could stand, in order of preference, and which find a place. */
import { measures } from './limits.ts';
import { Room } from './place.ts';
import type { Box } from './place.ts';
import type { Label, Point, Tone } from './shapes.ts';

/** What is to be said; where it stands is found. */
export interface Said {
  readonly text: string;
  readonly size?: string;
  readonly tone: Tone;
  readonly isBytes?: boolean;
  readonly isStrong?: boolean;
}

interface Choice extends Box {
  readonly label: Label;
}

const bytePx = 6.65;
const wordPx = 6;
const heightPx = 13;
/** Between a mark and its words. */
const awayPx = 10;
/** What a line keeps for itself at both ends. */
const endsPx = 46;
const fewest = 3;

const widthOf = ({ text, size = '', isBytes = false }: Said) =>
  text.length * (isBytes ? bytePx : wordPx) + (size === '' ? 0 : size.length * bytePx + 6);

/** Radius of what a mark keeps free of words. */
const markPx = 6;

export class Words {
  readonly #asked: (readonly Choice[])[] = [];

  /** Beside a lane, on this side (1: right) or, when there is no room, on the other. */
  beside(x: number, y: number, side: number, said: Said): void {
    const width = widthOf(said);
    const at = (way: number): Choice => ({
      x: way >= 0 ? x + awayPx : x - awayPx - width,
      y: y - heightPx / 2,
      width,
      height: heightPx,
      label: labelOf(said, x + (way >= 0 ? awayPx : -awayPx), y, way >= 0 ? 'start' : 'end', null),
    });
    const way = side === 0 ? 1 : side;
    this.#asked.push([at(way), at(-way)]);
  }

  /** On a line, in its middle or near an end; `said` is asked for no more characters than fit. */
  onLine(from: Point, to: Point, said: (most: number) => Said): void {
    const length = Math.abs(to.x - from.x);
    const fitting = fittingOn(length - endsPx, said);
    if (fitting === null) return;
    const width = widthOf(fitting) + 8;
    const spare = (length - endsPx - width + 8) / 2 / Math.max(1, length);
    const parts = [0.5, 0.5 - spare * 0.9, 0.5 + spare * 0.9];
    this.#asked.push(
      parts.map((part): Choice => {
        const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
        const label = labelOf(fitting, x, y, 'middle', width);
        return { x: x - width / 2, y: y - heightPx / 2, width, height: heightPx, label };
      }),
    );
  }

  /** Those that find a place right of the ruler, and clear of every mark and of each other. */
  placed(marks: readonly Point[]): readonly Label[] {
    const room = new Room();
    for (const { x, y } of marks) {
      room.keep({ x: x - markPx, y: y - markPx, width: 2 * markPx, height: 2 * markPx });
    }
    return this.#asked.flatMap((choices) => {
      const taken = room.take(choices.filter(({ x }) => x >= measures.ruler));
      return taken === null ? [] : [taken.label];
    });
  }
}

/** As much of it as there is room for; null when that is nothing. */
function fittingOn(room: number, said: (most: number) => Said): Said | null {
  const { size = '', isBytes = false } = said(1);
  const sizePx = size === '' ? 0 : size.length * bytePx + 6;
  const most = Math.floor((room - sizePx) / (isBytes ? bytePx : wordPx));
  if (most < fewest && size === '') return null;
  const fitting = most < fewest ? { ...said(1), text: '' } : said(most);
  return widthOf(fitting) > room ? null : fitting;
}

const labelOf = (
  { text, size = '', tone, isBytes = false, isStrong = false }: Said,
  x: number,
  y: number,
  align: Label['align'],
  covers: number | null,
): Label => ({ x, y, align, text, size, tone, isBytes, isStrong, covers });
