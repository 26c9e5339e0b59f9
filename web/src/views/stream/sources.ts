/** Whose bytes are shown: those of a socket, or of every connection that a server took. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { drawn } from '../drawn.ts';
import type { Who } from '../sockets/who.ts';
import { viewLimits } from './limits.ts';

/** The sockets themselves, of a server the newest of its connections. `earlier`: how many those leave out. */
export function talkersOf(
  socket: SocketState,
  sockets: SocketTable,
): { readonly talkers: readonly SocketState[]; readonly earlier: number } {
  if (socket.role !== 'listener') return { talkers: [socket], earlier: 0 };
  const all = [...sockets.values()].filter(({ listener }) => listener === socket.socket);
  const talkers = all.slice(-viewLimits.connections);
  return { talkers, earlier: all.length - talkers.length };
}

/** The client of a connection: `#4 garden`, or of one from outside its port. */
export function clientOf(connection: SocketState, sockets: SocketTable, who: Who): string {
  const peer = who.peerOf(connection.socket);
  const label = peer === null ? null : sockets.get(peer)?.label;
  if (peer !== null) return drawn(label ? `#${peer} ${label}` : `#${peer}`);
  return connection.remote === null ? 'outside' : `:${connection.remote.port}`;
}
