/** Rows in view → what is drawn of them. Looks at no row that is not in view, but for the other ends of those that are. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventRow, Row } from '../../store/rows/rows.ts';
import { cellsOf } from '../log/row.ts';
import { duration, timeOf } from '../log/time.ts';
import { isConversation } from './conversations.ts';
import { otherSideOf } from './joins.ts';
import { life } from './life.ts';
import { measures } from './limits.ts';
import { packet } from './packets.ts';
import { idleFrom } from './scale.ts';
import type { Band, LaneLine, Picture, Tick } from './shapes.ts';
import { Sheet } from './sheet.ts';
import type { Scene, View } from './sheet.ts';
import { transfer } from './transfers.ts';

export interface Shown {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

export const shownIn = ({ scale }: Pick<Scene, 'scale'>, { top, height }: View): Shown => ({
  first: scale.firstAt(top - measures.idle),
  end: scale.firstAt(top + height + measures.idle),
});

/** Whether single events can be told apart at this distance. */
export const isCrowded = ({ first, end }: Shown, { height }: View): boolean =>
  (end - first) * measures.dense > height;

export function pictureOf(scene: Scene, view: View): Picture {
  return new Drawing(scene, view).all();
}

/** The lanes as lines, from each socket's first row to its last. */
export function linesOf(
  { lanes, scale, firstFrom }: Scene,
  { top, height, left }: View,
  shown: Shown,
): LaneLine[] {
  const placeOf = (position: number) => scale.placeOf(Math.min(scale.length - 1, firstFrom(position))) - top;
  return [...lanes.values()].flatMap((lane) => {
    const { life: lived, x, isOutside } = lane;
    if (shown.end <= shown.first) return [];
    const from = Math.max(-measures.pad, placeOf(lived.first));
    const to = lived.last === null ? height : Math.min(height, placeOf(lived.last));
    return to < 0 || from > height
      ? []
      : [{ x: x - left, from, to, isOutside: isOutside && !isConversation(lived) }];
  });
}

class Drawing {
  readonly #sheet: Sheet;
  readonly #shown: Shown;
  readonly #hairs: number[] = [];
  readonly #ticks: Tick[] = [];
  readonly #bands: Band[] = [];

  constructor(scene: Scene, view: View) {
    this.#sheet = new Sheet(scene, view);
    this.#shown = shownIn(scene, view);
  }

  all(): Picture {
    const { first, end } = this.#shown;
    for (let index = first; index < end; index += 1) this.#row(index);
    return {
      lines: linesOf(this.#sheet.scene, this.#sheet.view, this.#shown),
      hairs: this.#hairs,
      ticks: this.#ticks,
      bands: this.#bands,
      crowds: [],
      fans: this.#sheet.fans,
      arrows: this.#sheet.arrows,
      marks: this.#sheet.marks,
      labels: this.#labels(),
    };
  }

  #labels() {
    const { words, marks, arrows, view } = this.#sheet;
    return words.placed(
      marks,
      arrows.flatMap(({ from, to }) => [from, to]),
      view.width,
    );
  }

  #row(index: number): void {
    const position = this.#sheet.scene.positionAt(index);
    const row = position === undefined ? undefined : this.#sheet.scene.journal.rowAt(position);
    if (position === undefined || row === undefined) return;
    const y = this.#sheet.y(index);
    if (row.kind !== 'event') return this.#notice(row, y);
    this.#ruler(row, index, y);
    const side = otherSideOf(row, position, this.#sheet.scene.ladder, this.#sheet.scene.journal);
    if (row.event.type === 'segment') packet(this.#sheet, row, row.event, position, y);
    else if (isTransfer(row.event)) transfer(this.#sheet, row, position, side);
    else life(this.#sheet, row, position, y, side);
  }

  #notice(row: Exclude<Row, EventRow>, y: number): void {
    const isGap = row.kind === 'gap';
    const cells = cellsOf(row, {
      above: undefined,
      time: this.#sheet.scene.time,
      peerOf: () => null,
      offers: false,
    });
    const text =
      cells.kind === 'gap' ? cells.text : 'The agent was restarted: what was before is in the log.';
    this.#bands.push({ y: y - 10, height: 20, text, isGap });
  }

  #ruler({ event }: EventRow, index: number, y: number): void {
    const { scale, time } = this.#sheet.scene;
    const last = this.#ticks.at(-1);
    const before = index === 0 ? NaN : scale.timeOf(index - 1);
    const silent = event.time - before;
    if (silent > idleFrom(scale.unit)) {
      const middle = y - measures.idle / 2;
      this.#bands.push({
        y: middle - measures.band / 2,
        height: measures.band,
        text: duration(silent),
        isGap: false,
      });
    }
    if (last !== undefined && y - last.y < 12) return;
    this.#hairs.push(y);
    this.#ticks.push({
      y,
      ...timeOf(event.time, Number.isNaN(before) ? null : before, {
        ...time,
        format: time.format === 'delta' ? 'start' : time.format,
      }),
    });
  }
}
