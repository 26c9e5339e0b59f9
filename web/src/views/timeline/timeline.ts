/**
 * Which part of the rows is in view, and how close.
 *
 * It keeps step with `desk.window`: what moves one moves the other. While the window follows, the newest row stands at
 * the bottom. One is kept for each desk, so that going to another tab and back loses no place.
 */
import type { Desk } from '../traffic/desk.svelte.ts';
import { crowdOf } from './crowd.ts';
import { byKey, heldListener, leastWidth, livesIn, withHeld } from './lanes.ts';
import type { Lane, PlacedLane } from './lanes.ts';
import { Lead } from './lead.ts';
import { measures, zoomLimits } from './limits.ts';
import type { Stress } from './paint.ts';
import { PlacedRows } from './placed-rows.ts';
import { isCrowded, pictureOf, shownIn } from './picture.ts';
import type { Shown } from './picture.ts';
import type { Scene, View } from './sheet.ts';
import { unitFor } from './scale.ts';
import type { Scale } from './scale.ts';
import { Sideways } from './sideways.ts';
import type { Picture } from './shapes.ts';

export interface Drawn {
  readonly picture: Picture;
  readonly lanes: readonly PlacedLane[];
  /** The listener that is held at the left edge. */
  readonly held: PlacedLane | null;
  readonly shown: Shown;
  readonly isCrowded: boolean;
  /** Sockets that have no lane: there were too many. */
  readonly laneless: number;
}

const kept = new WeakMap<Desk, Timeline>();

/** The one of this desk. */
export function timelineOf(desk: Desk): Timeline {
  const known = kept.get(desk) ?? new Timeline(desk);
  kept.set(desk, known);
  return known;
}

export class Timeline {
  readonly #desk: Desk;
  readonly rows: PlacedRows;
  readonly sideways = new Sideways();
  readonly #lead = new Lead(this.sideways);
  #top = 0;
  #width = 0;
  #height = 0;
  #told = { from: NaN, to: NaN };

  constructor(desk: Desk) {
    this.#desk = desk;
    this.rows = new PlacedRows(desk);
  }

  get #scale(): Scale {
    return this.rows.scale;
  }

  get view(): View {
    return { top: this.#top, width: this.#width, height: this.#height, left: this.sideways.left };
  }

  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    this.#place();
    this.#scene();
    const selected = this.#selected();
    if (selected !== null) this.sideways.reveal(this.rows.lanesOf(selected));
  }

  /** Takes in what the journal, the filter and the window have become. */
  sync(): void {
    this.rows.sync();
    const seen = this.yOf(this.#selected());
    this.#rescale(this.rows.scale.unit);
    this.#keepStep();
    this.#holdSelected(seen);
  }

  draw(): Drawn {
    this.#scene();
    this.#lead.update(this.#desk.window.follows, this.rows.length, (index) =>
      this.rows.lanesOf(this.rows.positionAt(index) ?? -1),
    );
    const { lanes, ...scene } = this.#scene();
    const held = heldListener(lanes, this.sideways.left);
    const seen = { ...scene, lanes: byKey(withHeld(lanes, held)) };
    const shown = shownIn(scene, this.view);
    const crowded = isCrowded(shown, this.view);
    const picture = (crowded ? crowdOf : pictureOf)(seen, this.view);
    return { picture, lanes, held, shown, isCrowded: crowded, laneless: this.rows.ladder.laneless };
  }

  /** Moves down by so many px, and to the right. */
  pan(down: number, right = 0): void {
    this.sideways.pan(right);
    if (down !== 0) this.#moveTo(this.#top + down);
  }

  /** Shows `factor` times as much detail; what is at `y` stays there. */
  zoom(factor: number, y: number = this.#height / 2, x?: number): void {
    this.sideways.spread(factor, x);
    // Further away there is nothing more to see.
    if (factor < 1 && this.#scale.height < this.#height / 2 && this.#scale.unit > zoomLimits.reading) return;
    const time = this.#scale.timeAt(this.#top + y);
    const index = this.#scale.firstAt(this.#top + y);
    const away = this.#scale.placeOf(index) - this.#top - y;
    const unit = Math.min(zoomLimits.most, Math.max(zoomLimits.least, this.#scale.unit / factor));
    this.#rescale(unit);
    const near = Math.abs(away) < measures.row && index < this.rows.length;
    const place = near ? this.#scale.placeOf(index) - away : this.#scale.placeOfTime(time);
    this.#top = place - y;
    this.#place();
    this.#tell();
  }

  /** As close as everything fits, and no closer than reading needs; lanes as near to each other as that needs. */
  fit(): void {
    this.sideways.fit();
    this.#rescale(unitFor(this.#scale.timesOf(0, this.rows.length), this.#height, zoomLimits.reading));
    this.#desk.window.stay();
    this.#top = 0;
    this.#place();
    this.#tell();
  }

  /** Brings a row into view, if it is not; by as little as shows what is around it. */
  reveal(position: number): void {
    const index = this.rows.indexOf(position);
    if (index < 0 || this.#height === 0) return;
    const y = this.#scale.placeOf(index) - this.#top;
    if (y < measures.pad || y > this.#height - measures.pad)
      this.#moveTo(this.#scale.placeOf(index) - this.#height / 2);
    this.#scene();
    this.sideways.reveal(this.rows.lanesOf(position));
  }

  /** Y of the row at this position in the view, px; null when it is not in it. */
  yOf(position: number | null): number | null {
    const index = position === null ? -1 : this.rows.indexOf(position);
    const y = this.#scale.placeOf(index) - this.#top;
    return index < 0 || y < -measures.row || y > this.#height + measures.row ? null : y;
  }

  /** The row nearest to this height. */
  nearest(y: number): number | null {
    return this.rows.positionAt(this.#scale.nearestTo(this.#top + y)) ?? null;
  }

  /** What is drawn stronger, and where the selected row stands. */
  stressOf(selected: number | null, hovered: readonly number[]): Stress {
    const chosen = selected === null ? [] : [selected, ...(this.rows.otherSide(selected)?.positions ?? [])];
    return { selected: new Set(chosen), hovered: new Set(hovered), selectedY: this.yOf(selected) };
  }

  #scene() {
    const { rows } = this;
    const { journal } = this.#desk.store;
    const scene: Omit<Scene, 'lanes'> = {
      journal,
      ladder: rows.ladder,
      scale: rows.scale,
      positionAt: (index) => rows.positionAt(index),
      firstFrom: (position) => rows.firstFrom(position),
      time: this.#desk.time,
    };
    return { ...scene, journal, lanes: this.sideways.place(this.#lanesInView(scene), this.#width) };
  }

  /** All of them while there is room, else those of sockets that live in view. */
  #lanesInView(scene: Pick<Scene, 'scale'>): readonly Lane[] {
    const { lanes } = this.rows;
    if (leastWidth(lanes) <= this.#width) return lanes;
    const { first, end } = shownIn(scene, this.view);
    const [from, to] = [this.rows.positionAt(first), this.rows.positionAt(Math.max(first, end - 1))];
    if (from === undefined || to === undefined) return lanes;
    return lanes.filter((lane) => livesIn(lane, from, to));
  }

  /** Another view may have moved the window. */
  #keepStep(): void {
    const { from, to, follows } = this.#desk.window;
    if (follows || this.#height === 0 || this.rows.length === 0) return;
    if (from === this.#told.from && to === this.#told.to) return;
    const [first, end] = [this.#scale.firstFrom(from), this.#scale.firstFrom(to)];
    const closest = Math.max(zoomLimits.least, ((to - from) / this.#height) * (measures.row / 20));
    this.#rescale(unitFor(this.#scale.timesOf(first, end), this.#height, closest));
    this.#top = this.#scale.placeOfTime(from);
    this.#place();
    this.#told = { from, to };
  }

  /** Brings the rows up to date at this unit; whoever looked at a time still does. */
  #rescale(unit: number): void {
    const time = this.#scale.timeAt(this.#top);
    if (this.rows.rescale(unit)) this.#top = this.#scale.placeOfTime(time);
    this.#place();
  }

  #moveTo(top: number): void {
    const furthest = this.#furthest();
    const atTail = top >= furthest - 1;
    this.#top = top;
    if (!atTail && this.#desk.window.follows) this.#desk.window.stay();
    else if (atTail && !this.#desk.window.follows && furthest > 0) this.#desk.window.follow();
    this.#place();
    this.#tell();
  }

  #furthest(): number {
    return Math.max(0, this.#scale.height - this.#height);
  }

  /** Keeps to what there is, and to the newest while the window follows. */
  #place(): void {
    const furthest = this.#furthest();
    this.#top = this.#desk.window.follows ? furthest : Math.max(0, Math.min(furthest, this.#top));
    if (Number.isNaN(this.#top)) this.#top = 0;
  }

  /** Says what is seen now. */
  #tell(): void {
    const { window } = this.#desk;
    const [from, to] = [this.#top, this.#top + this.#height].map((place) => this.#scale.timeAt(place));
    if (from === undefined || to === undefined || this.#scale.isTimeless) return;
    if (window.follows) window.follow(to - from);
    else window.show(from, to);
    this.#told = { from: window.from, to: window.to };
    window.passed = this.#desk.selected;
  }

  /** Absolute position of the selected row. */
  #selected(): number | null {
    const { selected, store } = this.#desk;
    return store.journal.positionOf(selected);
  }

  /** Stops following before the selected row, seen so far, would leave the view with what came. */
  #holdSelected(seen: number | null): void {
    const { window } = this.#desk;
    const [selected, now] = [this.#selected(), this.yOf(this.#selected())];
    const wasSeen = seen !== null && seen >= 0 && seen <= this.#height;
    if (!window.follows || selected === null || !wasSeen || (now !== null && now >= measures.pad)) return;
    window.stay();
    this.#top = this.#scale.placeOf(this.rows.indexOf(selected)) - seen;
    this.#place();
    this.#tell();
  }
}
