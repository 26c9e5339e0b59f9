/** Who talks to whom: which other socket of ours stands at the other end, and which server a client called. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import { isLoopback, isWildcard, plainHost } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Side } from '../../store/rows/ends.ts';

/** What the store knows of both ends of a socket. */
export interface Who {
  sideOf(socket: number): Side | null;
  /** The other end, when it is a socket of ours too. */
  peerOf(socket: number): number | null;
}

/** Bytes in each direction, the same pair at both ends of a connection. */
export function bytesBySide(
  { bytesSent, bytesReceived }: Pick<SocketState, 'bytesSent' | 'bytesReceived'>,
  side: Side | null,
): { readonly toServer: number; readonly toClient: number } {
  return side === 'server'
    ? { toServer: bytesReceived, toClient: bytesSent }
    : { toServer: bytesSent, toClient: bytesReceived };
}

/** Whether something sent to `target` reaches a socket that waits at `local`. */
export function waitsAt(local: Address, target: Address): boolean {
  if (local.port !== target.port) return false;
  return isWildcard(local.host) || plainHost(local.host) === plainHost(target.host);
}

/** The open listener or datagram server of ours that waits at an address. */
function serverAt(
  target: Address,
  socketType: SocketState['socketType'],
  sockets: SocketTable,
): SocketState | undefined {
  for (const candidate of sockets.values()) {
    if (candidate.socketType !== socketType || candidate.state === 'closed' || candidate.remote !== null)
      continue;
    // A socket that is only bound takes no callers.
    if (socketType === 'stream' && candidate.role !== 'listener') continue;
    if (candidate.local !== null && waitsAt(candidate.local, target)) return candidate;
  }
  return undefined;
}

/** The listener or datagram server of ours that a client talks to. */
export function serverOf(client: SocketState, sockets: SocketTable, who: Who): number | null {
  const other = who.peerOf(client.socket);
  if (other !== null) return sockets.get(other)?.listener ?? other;
  if (client.socketType === 'stream' || client.remote === null) return null;
  return serverAt(client.remote, 'dgram', sockets)?.socket ?? null;
}

/**
 * The listener of ours in whose queue a client waits: its kernel has the connection, or knocks for it, and nobody has
 * accepted it. Null for others, and where the address may be another computer's.
 */
export function waitsFor(client: SocketState, sockets: SocketTable, who: Who): number | null {
  const { socketType, state, remote } = client;
  if (socketType !== 'stream' || state === 'closed' || remote === null || !isLoopback(remote.host))
    return null;
  return who.peerOf(client.socket) === null ? (serverAt(remote, 'stream', sockets)?.socket ?? null) : null;
}
