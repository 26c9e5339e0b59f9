/** What was sent and received, as arrows between lanes. A receipt brings the sends whose bytes it carried. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import { directionOf } from '../../store/ends.ts';
import type { EventRow } from '../../store/rows.ts';
import { otherSideOf } from './joins.ts';
import type { OtherSide } from './joins.ts';
import { socketLane } from './lanes.ts';
import { measures } from './limits.ts';
import type { Point, Tone } from './shapes.ts';
import type { Sheet } from './sheet.ts';
import { dataWords } from './words.ts';

export function transfer(
  sheet: Sheet,
  row: EventRow,
  event: Transfer,
  position: number,
  side: OtherSide | null,
): void {
  const here = sheet.x(socketLane(event.socket));
  if (here === null || side === null) return;
  const tone: Tone = directionOf(row.ends.side, event.type) === 'to-server' ? 'go' : 'back';
  if (!side.isOurs) return unseen(sheet, row, event, position, here, sheet.x(side.lane), tone);
  if (event.type === 'received') return receipt(sheet, row, event, position, side, tone);
  const receipts = side.positions.filter((other) => sheet.isShown(other));
  for (const at of receipts) {
    const other = sheet.scene.journal.rowAt(at);
    if (other?.kind !== 'event' || !isTransfer(other.event)) continue;
    const back = otherSideOf(other, at, sheet.scene.ladder, sheet.scene.journal);
    if (back !== null) receipt(sheet, other, other.event, at, back, tone);
  }
  if (receipts.length === 0) endsNowhere(sheet, row, event, position, here, side, tone);
  if (receipts.length > 1) beside(sheet, row, event, here, sheet.yOf(position), sheet.x(side.lane), tone);
}

/** One read, and the writes whose bytes it returned. */
function receipt(
  sheet: Sheet,
  row: EventRow,
  event: Transfer,
  position: number,
  side: OtherSide,
  tone: Tone,
): void {
  if (sheet.drawn.has(position)) return;
  sheet.drawn.add(position);
  const [x, other] = [sheet.x(socketLane(event.socket)), sheet.x(side.lane)];
  if (x === null || other === null) return;
  const to = { x, y: sheet.yOf(position) };
  const writes = side.positions.filter((write) => sheet.isShown(write));
  const [only] = writes;
  if (only === undefined) return arriving(sheet, row, event, position, to, other, tone);
  if (writes.length > 1) return gathered(sheet, event, position, writes, to, other, tone);
  const from = { x: other, y: sheet.yOf(only) };
  sheet.arrows.push({
    from,
    to,
    tone,
    kind: 'data',
    unseen: 'none',
    ends: 'arrives',
    hasTail: true,
    positions: [only, position],
  });
  const write = sheet.scene.journal.rowAt(only);
  const isWhole = write?.kind === 'event' && isTransfer(write.event) && write.event.size === event.size;
  sheet.words.onLine(from, to, (most) => ({
    ...dataLabel(row, event, tone, most),
    text: isWhole ? dataWords(row, most) : '',
  }));
}

/** Several writes that one read returned run together before it. */
function gathered(
  sheet: Sheet,
  event: Transfer,
  position: number,
  writes: readonly number[],
  to: Point,
  other: number,
  tone: Tone,
): void {
  const way = Math.sign(to.x - other);
  const knot = { x: to.x - way * Math.min(34, Math.abs(to.x - other) / 3), y: to.y };
  const positions = [...writes, position];
  for (const write of writes) {
    const from = { x: other, y: sheet.yOf(write) };
    sheet.arrows.push({
      from,
      to: knot,
      tone,
      kind: 'data',
      unseen: 'none',
      ends: 'joins',
      hasTail: true,
      positions,
    });
    const row = sheet.scene.journal.rowAt(write);
    if (row?.kind === 'event' && isTransfer(row.event))
      beside(sheet, row, row.event, other, from.y, to.x, tone);
  }
  sheet.arrows.push({
    from: knot,
    to,
    tone,
    kind: 'data',
    unseen: 'none',
    ends: 'arrives',
    hasTail: false,
    positions,
  });
  sheet.words.beside(to.x, to.y, way, { text: '', size: `${event.size} in one chunk`, tone });
}

/** Came from a socket of ours, but nobody knows by which write: the arrow begins just before. */
function arriving(
  sheet: Sheet,
  row: EventRow,
  event: Transfer,
  position: number,
  to: Point,
  other: number,
  tone: Tone,
): void {
  const from = { x: to.x + Math.sign(other - to.x) * Math.min(40, Math.abs(other - to.x) / 2), y: to.y };
  sheet.arrows.push({
    from,
    to,
    tone,
    kind: 'data',
    unseen: 'none',
    ends: 'arrives',
    hasTail: false,
    positions: [position],
  });
  sheet.words.beside(to.x, to.y, Math.sign(to.x - other), dataLabel(row, event, tone, 16));
}

/** What nobody of ours received: lost, or not yet. */
function endsNowhere(
  sheet: Sheet,
  row: EventRow,
  event: Transfer,
  position: number,
  x: number,
  side: OtherSide,
  tone: Tone,
): void {
  const other = sheet.x(side.lane);
  if (other === null) return;
  const from = { x, y: sheet.yOf(position) };
  const to = { x: x + (other - x) * 0.55, y: from.y + measures.sink };
  const ends = side.isLost ? 'lost' : 'open';
  sheet.arrows.push({
    from,
    to,
    tone,
    kind: 'data',
    unseen: 'none',
    ends,
    hasTail: true,
    positions: [position],
  });
  sheet.words.beside(x, from.y, Math.sign(x - other), dataLabel(row, event, tone, 16));
  if (side.isLost)
    sheet.words.beside(to.x, to.y, Math.sign(other - x), { text: 'lost', tone: 'trouble', isStrong: true });
}

/** To or from outside: one half is what was seen, the other is not. */
function unseen(
  sheet: Sheet,
  row: EventRow,
  event: Transfer,
  position: number,
  x: number,
  outside: number | null,
  tone: Tone,
): void {
  if (outside === null) return;
  const here = { x, y: sheet.yOf(position) };
  const isSent = event.type === 'sent';
  const there = { x: outside, y: here.y + (isSent ? measures.sink : -measures.sink) };
  const [from, to] = isSent ? [here, there] : [there, here];
  const unseen = isSent ? 'head' : 'tail';
  sheet.arrows.push({
    from,
    to,
    tone,
    kind: 'data',
    unseen,
    ends: 'arrives',
    hasTail: isSent,
    positions: [position],
  });
  sheet.words.onLine(from, to, (most) => dataLabel(row, event, tone, most));
}

function beside(
  sheet: Sheet,
  row: EventRow,
  event: Transfer,
  x: number,
  y: number,
  other: number | null,
  tone: Tone,
): void {
  sheet.words.beside(x, y, Math.sign(x - (other ?? 0)), dataLabel(row, event, tone, 16));
}

const dataLabel = (row: EventRow, event: Transfer, tone: Tone, most: number) => ({
  text: dataWords(row, most),
  size: String(event.size),
  tone,
  isBytes: true,
});
