/**
 * Conversations that somebody captured, as lives: each has two lanes, its client left of its server. Both ends are outside of
 * this agent, so that nothing is known of sockets; their numbers begin below zero, where no socket has any.
 */
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { lifeFrom } from './lives.ts';
import type { Life } from './lives.ts';

type Segment = EventOf<'segment'>;

export const lifeOfStream = (stream: number): number => -stream;
export const isConversation = ({ socket }: Pick<Life, 'socket'>): boolean => socket < 0;

/** The number of the life that an event belongs to; null when it has none. */
export function lifeOf(event: SocketEvent): number | null {
  if (event.type !== 'segment') return event.socket;
  return event.stream === null ? null : lifeOfStream(event.stream);
}

/** A life that begins with this packet. Who is not known as either end is taken for its client when it spoke first. */
export function conversationFrom(stream: number, segment: Segment, position: number): Life {
  const { source, destination, from, protocol } = segment;
  const [client, server] = from === 'server' ? [destination, source] : [source, destination];
  return {
    ...lifeFrom(lifeOfStream(stream), position),
    ...{ socketType: protocol === 'UDP' ? 'dgram' : 'stream', local: server, remote: client, last: position },
  };
}

/** Whether the packet goes to the server of its conversation. */
export function goesToServer(
  { from, destination }: Pick<Segment, 'from' | 'destination'>,
  { local: server }: Pick<Life, 'local'>,
): boolean {
  if (from !== null) return from === 'client';
  return destination?.host === server?.host && destination?.port === server?.port;
}
