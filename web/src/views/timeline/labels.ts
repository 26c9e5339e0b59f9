/** Words of a picture: where each could stand, in order of preference, and which find a place. */
import { Room } from './place.ts';
import type { Box } from './place.ts';
import type { Label, Tone } from './shapes.ts';

/** What is to be said; where it stands is found. */
export interface Said {
  readonly text: string;
  readonly size?: string;
  readonly tone: Tone;
  readonly isBytes?: boolean;
  readonly isStrong?: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
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

export class Words {
  readonly #room = new Room();
  readonly #labels: Label[] = [];

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
    this.#take([at(way), at(-way)]);
  }

  /** On a line, in its middle or near an end; `said` is asked for no more characters than fit. */
  onLine(from: Point, to: Point, said: (most: number) => Said): void {
    const room = Math.abs(to.x - from.x) - endsPx;
    const { size = '', isBytes = false } = said(1);
    const most = Math.floor(
      (room - (size === '' ? 0 : size.length * bytePx + 6)) / (isBytes ? bytePx : wordPx),
    );
    if (most < fewest && size === '') return;
    const fitting = most < fewest ? { ...said(1), text: '' } : said(most);
    const width = widthOf(fitting);
    if (width > room) return;
    const spare = (room - width) / 2 / Math.max(1, Math.abs(to.x - from.x));
    const choices = [0.5, 0.5 - spare * 0.9, 0.5 + spare * 0.9].map((part): Choice => {
      const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
      const label = labelOf(fitting, x, y, 'middle', width + 8);
      return { x: x - width / 2 - 4, y: y - heightPx / 2, width: width + 8, height: heightPx, label };
    });
    this.#take(choices);
  }

  placed(): readonly Label[] {
    return this.#labels;
  }

  #take(choices: readonly Choice[]): void {
    const taken = this.#room.take(choices);
    if (taken !== null) this.#labels.push(taken.label);
  }
}

const labelOf = (
  { text, size = '', tone, isBytes = false, isStrong = false }: Said,
  x: number,
  y: number,
  align: Label['align'],
  covers: number | null,
): Label => ({ x, y, align, text, size, tone, isBytes, isStrong, covers });
