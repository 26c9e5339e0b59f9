/** How each direction of a connection ended, as both of its ends saw it. */
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { Direction, Side } from '../../store/rows/ends.ts';
import type { List } from '../../store/rows/rows.ts';

type Ended = EventOf<'ended'> | EventOf<'reset'>;

/** One FIN or RST: as it was sent, and as it came. Null: not seen, or that end is outside. */
export interface EndPair {
  readonly is: 'end';
  readonly direction: Direction;
  readonly type: Ended['type'];
  readonly written: Ended | null;
  readonly read: Ended | null;
  /** Whether the other end is no socket of ours. */
  readonly isOutside: boolean;
}

interface Lives {
  readonly own: List<SocketEvent>;
  readonly peer: List<SocketEvent> | null;
}

/** In the order of the own events. `side`: of the own end. */
export function endsOf(side: Side | null, { own, peer }: Lives): readonly EndPair[] {
  const [ours, theirs] = [endedIn(own), peer === null ? [] : endedIn(peer)];
  const other = (event: Ended) =>
    theirs.find(({ type, by }) => type === event.type && by !== event.by) ?? null;
  const seen = ours.map((event) => pairOf(side, event, other(event), peer === null));
  const alone = theirs.filter(
    (event) => !ours.some(({ type, by }) => type === event.type && by !== event.by),
  );
  const turned = side === 'server' ? 'client' : 'server';
  return [...seen, ...alone.map((event) => pairOf(turned, event, null, false))].toSorted(
    (a, b) => firstSeq(a) - firstSeq(b),
  );
}

const firstSeq = ({ written, read }: EndPair): number => (written ?? read)?.seq ?? 0;

function pairOf(side: Side | null, event: Ended, other: Ended | null, isOutside: boolean): EndPair {
  const isSent = event.by === 'local';
  const direction = directionOf(side, isSent ? 'sent' : 'received');
  const [written, read] = isSent ? [event, other] : [other, event];
  return { is: 'end', direction, type: event.type, written, read, isOutside };
}

function endedIn(events: List<SocketEvent>): readonly Ended[] {
  const found: Ended[] = [];
  for (let index = 0; index < events.length; index += 1) {
    const event = events.at(index);
    if (event?.type === 'ended' || event?.type === 'reset') found.push(event);
  }
  return found;
}
