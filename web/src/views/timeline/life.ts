/** What happens to sockets, as marks on their lanes and as what passes between them: calls, ends, resets. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { EventRow } from '../../store/rows/rows.ts';
import type { OtherSide } from './joins.ts';
import { socketLane } from './lanes.ts';
import { measures } from './limits.ts';
import type { MarkShape, Point } from './shapes.ts';
import type { Sheet } from './sheet.ts';
import { markWords } from './words.ts';

const shapes: Readonly<Record<Exclude<SocketEvent['type'], 'sent' | 'received'>, MarkShape>> = {
  ...{ opened: 'opened', bound: 'bound', listening: 'listening', connecting: 'connecting' },
  ...{ connected: 'connected', accepted: 'connected', ended: 'ended', closed: 'closed', reset: 'reset' },
  ...{
    failed: 'failed',
    dropped: 'failed',
    paused: 'paused',
    resumed: 'dot',
    blocked: 'bound',
    drained: 'dot',
  },
  ...{ behaving: 'dot', 'option-set': 'dot', resolved: 'dot', segment: 'dot' },
};

export function life(
  sheet: Sheet,
  { event }: EventRow,
  position: number,
  y: number,
  side: OtherSide | null,
): void {
  if (isTransfer(event)) return;
  const x = sheet.x(event.socket === null ? undefined : socketLane(event.socket));
  if (x === null) {
    if (event.socket === null)
      sheet.words.beside(measures.ruler, y, 1, { text: markWords(event), tone: 'word' });
    return;
  }
  sheet.marks.push({ position, x, y, shape: shapes[event.type] });
  if (event.type === 'accepted') accepting(sheet, event.listener, event.socket, position, y);
  if (side !== null) passing(sheet, event, position, { x, y }, side);
  const bad = event.type === 'failed' || event.type === 'reset' || event.type === 'dropped';
  const other = side === null ? null : sheet.x(side.lane);
  const leftward = event.type === 'failed' || event.type === 'connecting' || event.type === 'connected';
  // Away from where its arrow comes from or goes to.
  const way = other === null ? (leftward ? -1 : 1) : Math.sign(x - other);
  sheet.words.note(x, y, way, {
    text: markWords(event),
    tone: bad ? 'trouble' : 'word',
    isStrong: event.type === 'failed',
  });
}

/** An accept is something the listener does. */
function accepting(sheet: Sheet, listener: number, socket: number, position: number, y: number): void {
  const x = sheet.x(socketLane(listener));
  if (x === null) return;
  sheet.marks.push({ position, x, y, shape: 'opened' });
  sheet.words.note(x, y, 1, { text: `accept #${socket}`, tone: 'word' });
}

/** A call, an end or a reset on its way: drawn where it arrived, or where it left for outside. */
function passing(sheet: Sheet, event: SocketEvent, position: number, here: Point, side: OtherSide): void {
  const other = sheet.x(side.lane);
  if (other === null) return;
  const arrives = event.type === 'accepted' || ('by' in event && event.by === 'remote');
  const kind = event.type === 'accepted' ? 'call' : event.type === 'reset' ? 'reset' : 'end';
  const from = side.positions[0];
  if (side.isOurs && (from === undefined || !arrives)) return;
  const sink = arrives ? -measures.sink : measures.sink;
  const there = { x: other, y: from === undefined ? here.y + sink : sheet.y(sheet.scene.firstFrom(from)) };
  const [start, end] = arrives ? [there, here] : [here, there];
  const tone = kind === 'reset' ? 'trouble' : 'quiet';
  const positions = from === undefined ? [position] : [from, position];
  const unseen = side.isOurs ? 'none' : arrives ? 'tail' : 'head';
  sheet.arrows.push({
    from: start,
    to: end,
    tone,
    kind,
    unseen,
    ends: 'arrives',
    hasTail: false,
    positions,
  });
  const text = kind === 'call' ? 'connect' : kind === 'reset' ? 'RST' : 'FIN';
  sheet.words.onLine(start, end, () => ({
    text,
    tone: kind === 'reset' ? 'trouble' : 'word',
    isStrong: kind === 'reset',
  }));
}
