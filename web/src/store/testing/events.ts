/** Events for tests, with what each test does not care about filled in. */
import type { EventBody, EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import type { LaneMark } from '../rows/lanes.ts';

const nsPerEvent = 1e6;

export const noLanes: LaneMark = { taken: 0, own: -1 };

/** What happened, or was captured, without its number and time. */
export type Happening = EventBody | Omit<EventOf<'segment'>, 'seq' | 'time'>;

/** Numbers events in order, a millisecond apart. */
export function numbered(bodies: readonly Happening[], firstSeq = 1): SocketEvent[] {
  return bodies.map((body, index) => ({
    ...body,
    seq: firstSeq + index,
    time: (firstSeq + index) * nsPerEvent,
  }));
}

export const at = (port: number, host = '127.0.0.1') => ({ host, port });

export const opened = (socket: number, listener?: number): EventBody => ({
  type: 'opened',
  socket,
  family: 'inet',
  socketType: 'stream',
  label: null,
  ...(listener === undefined ? {} : { listener }),
});

const bytes = (text: string) => ({ size: encodeUtf8(text).length, data: encodeUtf8(text) });

export const sent = (socket: number, text: string) => ({ type: 'sent', socket, ...bytes(text) }) as const;

export const received = (socket: number, text: string) =>
  ({ type: 'received', socket, ...bytes(text) }) as const;

/** #1 listens at 8888, #2 calls it from 5000 and is accepted as #3. */
export const echoScene: readonly EventBody[] = [
  opened(1),
  { type: 'bound', socket: 1, local: at(8888) },
  { type: 'listening', socket: 1, local: at(8888), backlog: 128 },
  opened(2),
  { type: 'connecting', socket: 2, remote: at(8888) },
  { type: 'connected', socket: 2, local: at(5000), remote: at(8888) },
  opened(3, 1),
  { type: 'accepted', socket: 3, listener: 1, local: at(8888), remote: at(5000) },
];
