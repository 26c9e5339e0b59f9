/** What is under the pointer: the nearest of what is drawn, as positions of rows. */
import { measures } from './limits.ts';
import type { Arrow, Picture } from './shapes.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

const markPx = 9;
const linePx = 7;

/** The row that a click there selects first, then those that belong to it; null when nothing is near. */
export function hitOf(
  { marks, arrows }: Pick<Picture, 'marks' | 'arrows'>,
  point: Point,
): readonly number[] | null {
  const mark = marks.find(({ x, y }) => Math.hypot(x - point.x, y - point.y) <= markPx);
  if (mark !== undefined) return [mark.position];
  const nearest = arrows
    .map((arrow) => ({ arrow, away: distanceTo(arrow, point) }))
    .filter(({ away }) => away <= linePx)
    .sort((a, b) => a.away - b.away)[0];
  return nearest === undefined ? null : inOrder(nearest.arrow, point);
}

/** In a crowd, the nearest row stands for its neighbours; nothing is to be hit in the ruler. */
export function hitInCrowd({ x, y }: Point, nearest: (y: number) => number | null): readonly number[] | null {
  const near = nearest(y);
  return near === null || x < measures.ruler ? null : [near];
}

/** The end that is nearer comes first. */
function inOrder({ from, to, positions, ends, hasTail }: Arrow, point: Point): readonly number[] {
  const nearHead =
    Math.hypot(to.x - point.x, to.y - point.y) <= Math.hypot(from.x - point.x, from.y - point.y);
  return (nearHead && ends === 'arrives') || !hasTail ? [...positions].reverse() : positions;
}

function distanceTo({ from, to }: Arrow, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * dx + (y - from.y) * dy) / Math.max(1e-9, dx * dx + dy * dy);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(from.x + part * dx - x, from.y + part * dy - y);
}
