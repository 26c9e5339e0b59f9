/** Whether, where and with which command a socket can send. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { formatBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { List } from '../../store/rows/rows.ts';
import { overSays } from '../over.ts';
import type { Over } from '../over.ts';

export type Sendable =
  | { readonly can: true; readonly needsDestination: boolean; readonly allowsEmpty: boolean }
  | { readonly can: false; readonly why: string };

const cannot = (why: string): Sendable => ({ can: false, why });

export function sendableOf(socket: SocketState, over: Over = null): Sendable {
  if (over !== null) return cannot(overSays[over]);
  const id = `#${socket.socket}`;
  if (socket.state === 'closed') return cannot(`${id} is closed. A closed socket stays closed.`);
  if (socket.role === 'listener') return cannot('A listener sends nothing. Choose one of its connections.');
  if (socket.role === 'datagram') {
    return { can: true, needsDestination: socket.remote === null, allowsEmpty: true };
  }
  if (socket.state === 'connecting') return cannot(`${id} is not connected yet.`);
  if (socket.role === 'none') return cannot(`${id} is not connected: it has nobody to send to.`);
  if (socket.endedByLocal) return cannot(`${id} has sent FIN. It can still receive, but not send.`);
  return { can: true, needsDestination: false, allowsEmpty: false };
}

/** Why an empty message cannot go, or null when it can. */
export function emptyProblem(size: number, sendable: Sendable): string | null {
  if (size > 0 || !sendable.can || sendable.allowsEmpty) return null;
  return 'A stream carries only bytes, so an empty message would be nothing.';
}

/** The most that a UDP datagram can carry over IPv4: 65,535 less the headers of IP and UDP (RFC 768, RFC 791). */
export const datagramBytesMost = 65_507;

/** Who sent the last datagram: the one to answer. */
export function lastSender(events: List<SocketEvent>): Address | null {
  const lookBack = 200;
  for (let index = events.length - 1; index >= Math.max(0, events.length - lookBack); index -= 1) {
    const event = events.at(index);
    if (event && isTransfer(event) && event.type === 'received' && event.remote) return event.remote;
  }
  return null;
}

/** The command that sends these bytes: to the peer, or for a datagram socket without one to `to`. */
export function sendCommand(
  socket: number,
  bytes: Uint8Array,
  to: Address | null,
): CommandOf<'send'> | CommandOf<'sendto'> {
  const data = { base64: formatBase64(bytes) };
  return to === null ? { type: 'send', socket, data } : { type: 'sendto', socket, ...to, data };
}
