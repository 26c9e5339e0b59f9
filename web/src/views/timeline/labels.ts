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
  /** What is said where there is no room for all. */
  readonly short?: string;
}

interface Choice extends Box {
  readonly label: Label;
}

const bytePx = 6.65;
const wordPx = 6.4;
const heightPx = 13;
/** Between a mark and its words. */
const awayPx = 10;
/** What a line keeps for itself at both ends. */
const endsPx = 46;
const fewest = 3;

/** Capital letters are wider, bold ones more so. */
const capitalPx = { false: 1.6, true: 3 };

const widthOf = ({ text, size = '', isBytes = false, isStrong = false }: Said) => {
  const capitals = isBytes ? 0 : text.replace(/[^A-Z]/g, '').length * capitalPx[`${isStrong}`];
  return text.length * (isBytes ? bytePx : wordPx) + capitals + (size === '' ? 0 : size.length * bytePx + 6);
};

/** Radius of what a mark keeps free of words, and length of what the end of an arrow does. */
const markPx = 6;
const endPx = 9;
/** Two marks of a lane that stand no further apart have their words in one place. */
const togetherPx = 13;
/** Says nothing that what comes next does not say, or what came before. */
const isSaidBy = (text: string, next: string): boolean =>
  text === 'opened' || (text.startsWith('connect to') && next === 'connected');
const isOld = (text: string): boolean => text === 'behaves as none';

/** What is said of a mark: more may be added while its neighbours are drawn. */
interface Note {
  readonly x: number;
  readonly y: number;
  /** Of the last mark that is in it. */
  lastY: number;
  side: number;
  said: Said;
}

export class Words {
  readonly #asked: (readonly Choice[] | Note)[] = [];
  /** What gives way to everything else. */
  readonly #quiet: (readonly Choice[])[] = [];
  /** The newest note of each lane. */
  readonly #notes = new Map<number, Note>();

  /** Beside a lane, on this side (1: right) or, when there is no room, on the other. */
  beside(x: number, y: number, side: number, said: Said): void {
    this.#asked.push(choicesOf({ x, y, side, said }));
  }

  /** The same of a mark: with what is said of the mark just above it, as `ended, closed`. */
  note(x: number, y: number, side: number, said: Said): void {
    const above = this.#notes.get(x);
    if (above !== undefined && y - above.lastY < togetherPx) {
      above.lastY = y;
      if (isOld(said.text)) return;
      const isFresh = isSaidBy(above.said.text, said.text);
      above.said = isFresh ? said : together(above.said, said);
      if (isFresh) above.side = side;
    } else {
      const note = { x, y, lastY: y, side, said };
      this.#notes.set(x, note);
      this.#asked.push(note);
    }
  }

  /** On a line, in its middle or near an end; `said` is asked for no more characters than fit. */
  onLine(from: Point, to: Point, said: (most: number) => Said, isQuiet = false): void {
    const length = Math.abs(to.x - from.x);
    const fitting = fittingOn(length - endsPx, said);
    if (fitting === null) return;
    const width = widthOf(fitting) + 8;
    const spare = (length - endsPx - width + 8) / 2 / Math.max(1, length);
    const parts = [0.5, 0.5 - spare * 0.9, 0.5 + spare * 0.9];
    const asked = isQuiet ? this.#quiet : this.#asked;
    asked.push(
      parts.map((part): Choice => {
        const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
        const label = labelOf(fitting, x, y, 'middle', width);
        return { x: x - width / 2, y: y - heightPx / 2, width, height: heightPx, label };
      }),
    );
  }

  /**
   * Those that find a place right of the ruler and within the width (px), clear of every mark, of the ends of arrows and
   * of each other.
   */
  placed(marks: readonly Point[], ends: readonly Point[], within: number): readonly Label[] {
    const room = new Room();
    for (const { x, y } of marks) {
      room.keep({ x: x - markPx, y: y - markPx, width: 2 * markPx, height: 2 * markPx });
    }
    for (const { x, y } of ends) {
      room.keep({ x: x - endPx, y: y - endPx / 2, width: 2 * endPx, height: endPx });
    }
    return [...this.#asked, ...this.#quiet].flatMap((asked) => {
      const choices = 'said' in asked ? [...choicesOf(asked), ...shortChoicesOf(asked)] : asked;
      const whole = choices.filter(({ x, width }) => x >= measures.ruler && x + width <= within);
      const taken = room.take(whole);
      return taken === null ? [] : [taken.label];
    });
  }
}

const together = (above: Said, below: Said): Said => ({
  text: `${above.text}, ${below.text}`,
  short: shortOf(above, below),
  tone: above.tone === 'trouble' ? above.tone : below.tone,
  isStrong: above.isStrong === true || below.isStrong === true,
});

/** What went wrong before anything else, else what came first. */
function shortOf(above: Said, below: Said): string {
  if (above.tone === 'trouble') return above.short ?? above.text;
  return below.tone === 'trouble' ? below.text : (above.short ?? `${above.text}, …`);
}

const shortChoicesOf = (note: Note): readonly Choice[] =>
  note.said.short === undefined ? [] : choicesOf({ ...note, said: { ...note.said, text: note.said.short } });

function choicesOf({ x, y, side, said }: Pick<Note, 'x' | 'y' | 'side' | 'said'>): readonly Choice[] {
  const width = widthOf(said);
  const at = (way: number): Choice => ({
    x: way >= 0 ? x + awayPx : x - awayPx - width,
    y: y - heightPx / 2,
    width,
    height: heightPx,
    label: labelOf(said, x + (way >= 0 ? awayPx : -awayPx), y, way >= 0 ? 'start' : 'end', null),
  });
  const way = side === 0 ? 1 : side;
  return [at(way), at(-way)];
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
