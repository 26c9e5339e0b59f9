/** What was sent and received, as arrows between lanes. A receipt brings the sends whose bytes it carried. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { EventRow, Row } from '../../store/rows/rows.ts';
import { otherSideOf } from './joins.ts';
import type { OtherSide } from './joins.ts';
import type { Said } from './labels.ts';
import { socketLane } from './lanes.ts';
import { measures } from './limits.ts';
import type { Arrow, Point, Tone } from './shapes.ts';
import type { Sheet } from './sheet.ts';
import { dataWords } from './words.ts';

/** One write or read, and where its lane stands. */
interface Carried {
  readonly row: EventRow;
  readonly event: Transfer;
  readonly position: number;
  readonly side: OtherSide;
  readonly tone: Tone;
  readonly here: Point;
  /** Px of the lane at the other end; null when it is not shown. */
  readonly otherX: number | null;
}

/** Characters of a label beside a lane. */
const besideMost = 16;

export function transfer(sheet: Sheet, row: EventRow, position: number, side: OtherSide | null): void {
  const carried = carriedBy(sheet, row, position, side);
  if (carried === null) return;
  if (!carried.side.isOurs) return unseen(sheet, carried);
  if (carried.event.type === 'received') return receipt(sheet, carried);
  const receipts = carried.side.positions.filter((other) => sheet.isShown(other));
  for (const at of receipts) {
    const other = sheet.scene.journal.rowAt(at);
    const read = other?.kind === 'event' ? carriedBy(sheet, other, at) : null;
    if (read !== null) receipt(sheet, read);
  }
  if (receipts.length === 0) endsNowhere(sheet, carried);
  if (receipts.length < 2) return;
  fan(sheet, carried, carried.here, receipts);
  beside(sheet, carried, carried.here, carried.otherX);
}

function carriedBy(
  sheet: Sheet,
  row: EventRow,
  position: number,
  side = otherSideOf(row, position, sheet.scene.ladder, sheet.scene.journal),
): Carried | null {
  const { event, ends } = row;
  const x = isTransfer(event) ? sheet.x(socketLane(event.socket)) : null;
  if (!isTransfer(event) || x === null || side === null) return null;
  const tone: Tone = directionOf(ends.side, event.type) === 'to-server' ? 'go' : 'back';
  const here = { x, y: sheet.yOf(position) };
  return { row, event, position, side, tone, here, otherX: sheet.x(side.lane) };
}

const seen = { kind: 'data', unseen: 'none', hasTail: true } as const;
const writeOf = (row: Row | undefined): Transfer | null =>
  row?.kind === 'event' && isTransfer(row.event) ? row.event : null;

/** One read, and the writes whose bytes it returned. */
function receipt(sheet: Sheet, carried: Carried): void {
  const { row, event, position, side, tone, here: to, otherX } = carried;
  if (sheet.drawn.has(position) || otherX === null) return;
  sheet.drawn.add(position);
  const writes = side.positions.filter((write) => sheet.isShown(write));
  const [only] = writes;
  if (only === undefined) return arriving(sheet, carried, otherX);
  if (writes.length > 1) return gathered(sheet, carried, writes, otherX);
  const from = { x: otherX, y: sheet.yOf(only) };
  sheet.arrows.push({ ...seen, from, to, tone, ends: 'arrives', positions: [only, position] });
  const isWhole = writeOf(sheet.scene.journal.rowAt(only))?.size === event.size;
  sheet.words.onLine(from, to, (most) => ({
    ...saidOf(carried, most),
    text: isWhole ? dataWords(row, most) : '',
  }));
}

const knotPx = 34;

/** Several writes that one read returned run together before it. */
function gathered(sheet: Sheet, carried: Carried, writes: readonly number[], otherX: number): void {
  const { event, position, tone, here: to } = carried;
  const way = Math.sign(to.x - otherX);
  const knot = { x: to.x - way * Math.min(knotPx, Math.abs(to.x - otherX) / 3), y: to.y };
  const common = { ...seen, tone, positions: [...writes, position] };
  fan(sheet, carried, knot, writes);
  for (const at of writes) {
    const from = { x: otherX, y: sheet.yOf(at) };
    sheet.arrows.push({ ...common, from, to: knot, ends: 'joins' });
    const row = sheet.scene.journal.rowAt(at);
    const write = writeOf(row);
    if (row?.kind === 'event' && write !== null) beside(sheet, { row, event: write, tone }, from, to.x);
  }
  sheet.arrows.push({ ...common, from: knot, to, ends: 'arrives', hasTail: false });
  sheet.words.beside(to.x, to.y, way, { text: '', size: `${event.size} in one chunk`, tone });
}

/** From one place to several on the other lane. */
function fan(sheet: Sheet, { otherX, tone }: Carried, at: Point, others: readonly number[]): void {
  const ys = others.map((position) => sheet.yOf(position));
  if (otherX === null) return;
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  sheet.fans.push({ tone, points: [at, { x: otherX, y: top }, { x: otherX, y: bottom }] });
}

const stubPx = 40;

/** Came from a socket of ours, but nobody knows by which write: the arrow begins just before. */
function arriving(sheet: Sheet, carried: Carried, otherX: number): void {
  const { position, tone, here: to } = carried;
  const away = otherX - to.x;
  const from = { x: to.x + Math.sign(away) * Math.min(stubPx, Math.abs(away) / 2), y: to.y };
  sheet.arrows.push({ ...seen, from, to, tone, ends: 'arrives', hasTail: false, positions: [position] });
  beside(sheet, carried, to, otherX);
}

/** How far a line goes that arrives nowhere, of the way to the other lane. */
const lostPart = 0.55;

/** What nobody of ours received: lost, or not yet. */
function endsNowhere(sheet: Sheet, carried: Carried): void {
  const { position, side, tone, here: from, otherX } = carried;
  if (otherX === null) return;
  const to = { x: from.x + (otherX - from.x) * lostPart, y: from.y + measures.sink };
  const ends = side.isLost ? 'lost' : 'open';
  sheet.arrows.push({ ...seen, from, to, tone, ends, positions: [position] });
  beside(sheet, carried, from, otherX);
  const lost: Said = { text: 'lost', tone: 'trouble', isStrong: true };
  if (side.isLost) sheet.words.beside(to.x, to.y, Math.sign(otherX - from.x), lost);
}

/** To or from outside: one half is what was seen, the other is not. */
function unseen(sheet: Sheet, carried: Carried): void {
  const { event, position, tone, here, otherX } = carried;
  if (otherX === null) return;
  const isSent = event.type === 'sent';
  const there = { x: otherX, y: here.y + (isSent ? measures.sink : -measures.sink) };
  const [from, to] = isSent ? [here, there] : [there, here];
  const half: Pick<Arrow, 'unseen' | 'hasTail'> = { unseen: isSent ? 'head' : 'tail', hasTail: isSent };
  sheet.arrows.push({ ...seen, ...half, from, to, tone, ends: 'arrives', positions: [position] });
  sheet.words.onLine(from, to, (most) => saidOf(carried, most));
}

type Worded = Pick<Carried, 'row' | 'event' | 'tone'>;

/** Away from the other lane. */
function beside(sheet: Sheet, worded: Worded, { x, y }: Point, otherX: number | null): void {
  sheet.words.beside(x, y, Math.sign(x - (otherX ?? 0)), saidOf(worded, besideMost));
}

const saidOf = ({ row, event, tone }: Worded, most: number): Said => ({
  text: dataWords(row, most),
  size: String(event.size),
  tone,
  isBytes: true,
});
