/**
 * Time → place. Time runs down; a row's height stands for `unit` ns. Idle time is collapsed: what is longer than a few
 * rows is a band of fixed height. Events closer than a row still have a row each, down to where reading begins; zoomed
 * out further, an event takes no less than `zoomLimits.reading`.
 */
import { measures, zoomLimits } from './limits.ts';

/** How long a silence must be to be collapsed, ns: two rows, more of them the closer one looks. */
export function idleFrom(unit: number): number {
  const closer = Math.max(1, zoomLimits.reading / unit);
  return unit * Math.min(12, 2 * closer ** 0.4);
}

/** Distance of two events that are this far apart, px. */
function distance(ns: number, unit: number): number {
  if (ns > idleFrom(unit)) return measures.idle;
  return (measures.row * Math.max(ns, Math.min(unit, zoomLimits.reading))) / unit;
}

/** Places of rows, in order; NaN as a time is a row that only says something. */
export class Scale {
  readonly unit: number;
  #times = new Float64Array(256);
  #places = new Float64Array(256);
  #length = 0;
  /** Rows at the beginning of which no time is known: something is missing there. */
  #untimed = 0;

  constructor(unit: number) {
    this.unit = unit;
  }

  get length(): number {
    return this.#length;
  }

  /** No row has a time. */
  get isTimeless(): boolean {
    return this.#untimed === this.#length;
  }

  /** Height of everything, px. */
  get height(): number {
    return this.#length === 0 ? 0 : this.placeOf(this.#length - 1) + measures.foot;
  }

  push(time: number): void {
    if (this.#length === this.#times.length) this.#grow();
    const before = this.#length - 1;
    const last = before < 0 ? NaN : (this.#times[before] ?? NaN);
    const isNotice = Number.isNaN(time);
    const known = isNotice ? last : time;
    if (Number.isNaN(known)) this.#untimed += 1;
    this.#times[this.#length] = known;
    this.#places[this.#length] =
      before < 0 ? measures.pad : this.placeOf(before) + step(last, time, this.unit);
    this.#length += 1;
  }

  /** The time of a row; that of the one before for a row that has none, NaN when nothing is known. */
  timeOf(index: number): number {
    return index < 0 || index >= this.#length ? NaN : (this.#times[index] ?? NaN);
  }

  /** Times of the rows from `first` to `end`, which is not included. */
  timesOf(first: number, end: number): Float64Array {
    return this.#times.slice(first, end);
  }

  /** Index of the row that stands nearest to this place. */
  nearestTo(place: number): number {
    const below = this.firstAt(place);
    const isAbove = below >= this.#length || place - this.placeOf(below - 1) < this.placeOf(below) - place;
    return isAbove ? below - 1 : below;
  }

  /** Where a row stands, px from the top of everything. */
  placeOf(index: number): number {
    return this.#places[index] ?? NaN;
  }

  /** Index of the first row at or below this place. */
  firstAt(place: number): number {
    return this.#search(this.#places, place);
  }

  /** Index of the first row at or after this time. */
  firstFrom(time: number): number {
    return this.#search(this.#times, time, this.#untimed);
  }

  /** The time at a place, in proportion between the rows around it; 0 while none has a time. */
  timeAt(place: number): number {
    if (this.isTimeless) return 0;
    const index = Math.max(this.firstAt(place), this.#untimed);
    const [below, above] = [Math.min(index, this.#length - 1), index - 1];
    const [time, at] = [this.timeOf(below), this.placeOf(below)];
    if (index >= this.#length) return time + ((place - at) / measures.row) * this.unit;
    if (above < this.#untimed) return Math.max(0, time - ((at - place) / measures.row) * this.unit);
    const [earlier, from] = [this.timeOf(above), this.placeOf(above)];
    return at === from ? time : earlier + ((time - earlier) * (place - from)) / (at - from);
  }

  /** The place of a time, in proportion between the rows around it; the first row has some space above it. */
  placeOfTime(time: number): number {
    const index = this.firstFrom(time);
    if (index <= this.#untimed) return this.placeOf(0) - measures.pad;
    if (index >= this.#length) return this.placeOf(this.#length - 1);
    const [earlier, later] = [this.timeOf(index - 1), this.timeOf(index)];
    const [from, to] = [this.placeOf(index - 1), this.placeOf(index)];
    return later === earlier ? to : from + ((to - from) * (time - earlier)) / (later - earlier);
  }

  #search(column: Float64Array, wanted: number, first = 0): number {
    let low = first;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((column[middle] ?? Infinity) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const larger = (column: Float64Array<ArrayBuffer>) => {
      const grown = new Float64Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.#times = larger(this.#times);
    this.#places = larger(this.#places);
  }
}

function step(before: number, time: number, unit: number): number {
  if (Number.isNaN(time) || Number.isNaN(before)) return measures.notice;
  return distance(Math.max(0, time - before), unit);
}

/** The unit at which what lies between two times fills a height: as close as it fits, but no closer than `closest`. */
export function unitFor(
  times: readonly number[] | Float64Array,
  heightPx: number,
  closest: number = zoomLimits.least,
): number {
  let fitting: number = zoomLimits.most;
  for (let unit: number = zoomLimits.most; unit >= closest; unit /= 1.25) {
    if (heightAt(times, unit) > heightPx) break;
    fitting = unit;
  }
  return fitting;
}

function heightAt(times: readonly number[] | Float64Array, unit: number): number {
  let height = measures.pad + measures.foot;
  for (let index = 1; index < times.length; index += 1) {
    height += step(times[index - 1] ?? NaN, times[index] ?? NaN, unit);
  }
  return height;
}
