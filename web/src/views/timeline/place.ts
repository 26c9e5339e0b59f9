/** Where words stand so that none covers another: the first free place of each, in the order they are asked for. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Room {
  /** Boxes by the strip of the picture they are in: only neighbours can meet. */
  readonly #strips = new Map<number, Box[]>();
  readonly #stripPx: number;

  constructor(stripPx = 64) {
    this.#stripPx = stripPx;
  }

  /** The first of these boxes that covers nothing, which is taken with that; null when there is none. */
  take<Choice extends Box>(choices: readonly Choice[]): Choice | null {
    const free = choices.find((box) => this.#isFree(box));
    if (free === undefined) return null;
    this.keep(free);
    return free;
  }

  /** Takes a place, whatever is there. */
  keep(box: Box): void {
    for (const strip of this.#stripsOf(box)) {
      const boxes = this.#strips.get(strip) ?? [];
      boxes.push(box);
      this.#strips.set(strip, boxes);
    }
  }

  #isFree(box: Box): boolean {
    return this.#stripsOf(box).every((strip) =>
      (this.#strips.get(strip) ?? []).every((other) => !meet(box, other)),
    );
  }

  #stripsOf({ y, height }: Box): number[] {
    const first = Math.floor(y / this.#stripPx);
    const last = Math.floor((y + height) / this.#stripPx);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }
}

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
