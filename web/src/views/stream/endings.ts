/** How a direction of a stream ended, or both: FIN, RST, and the socket that is closed. */
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { Direction, Side } from '../../store/rows/ends.ts';

export interface Ending {
  readonly seq: number;
  /** Ns. */
  readonly time: number;
  readonly socket: number;
  /** The way of a FIN or RST; null: the socket is closed. */
  readonly direction: Direction | null;
  readonly words: string;
  /** As the socket's state is drawn. */
  readonly glyph: 'half' | 'reset' | 'closed';
}

type EndEvent = EventOf<'ended'> | EventOf<'reset'> | EventOf<'closed'>;

export const isEnd = (event: SocketEvent): event is EndEvent =>
  event.type === 'ended' || event.type === 'reset' || event.type === 'closed';

const senders = { 'to-server': 'the client', 'to-client': 'the server' } as const;

export function endingOf(event: EndEvent, side: Side | null): Ending {
  const { seq, time, socket } = event;
  if (event.type === 'closed')
    return { seq, time, socket, direction: null, words: `#${socket} is closed`, glyph: 'closed' };
  const direction = directionOf(side, event.by === 'local' ? 'sent' : 'received');
  const words =
    event.type === 'ended'
      ? `FIN: ${senders[direction]} sends no more`
      : `RST: ${senders[direction]} gave the connection up`;
  return { seq, time, socket, direction, words, glyph: event.type === 'reset' ? 'reset' : 'half' };
}
