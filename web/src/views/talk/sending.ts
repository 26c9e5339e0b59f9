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

export interface Destination {
  readonly host: string;
  readonly port: string;
}

const portMost = 65_535;

/** The most that a UDP datagram can carry over IPv4: 65,535 less the headers of IP and UDP (RFC 768, RFC 791). */
export const datagramBytesMost = 65_507;

/** Where a datagram goes while nobody has said: this computer, in the socket's own family. */
export const loopbackOf = ({ family }: Pick<SocketState, 'family'>): string =>
  family === 'inet6' ? '::1' : '127.0.0.1';

/** What no host has in its name: a list was written. */
const several = /[\s,;]/;

/** The address a datagram goes to, or what is wrong with it, beside the field that is wrong. */
export function readDestination({
  host,
  port,
}: Destination): Address | { readonly field: 'host' | 'port'; readonly wrong: string } {
  const name = host.trim();
  if (name === '') return { field: 'host', wrong: 'Say where to: an address or a name.' };
  if (several.test(name)) return { field: 'host', wrong: 'One address at a time, as in 127.0.0.1:9000.' };
  if (port.trim() === '')
    return {
      field: 'port',
      wrong: `Say the port too, as in ${destinationText({ host: name, port: '9000' })}.`,
    };
  const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
  if (number < 1 || number > portMost) return { field: 'port', wrong: 'A port to send to is 1 to 65535.' };
  return { host: name, port: number };
}

/** While it is typed for the first time it lacks its port, and that is not wrong yet: it is `missingIn`. */
export function isMiswritten({ host, port }: Destination): boolean {
  return (port !== '' || several.test(host.trim())) && 'wrong' in readDestination({ host, port });
}

/** What has to be written yet, or null. */
export function missingIn(destination: Destination): string | null {
  const read = readDestination(destination);
  return 'wrong' in read && !isMiswritten(destination) ? read.wrong : null;
}

/** An address as it is written in one line: `127.0.0.1:9000`, `name:9000`, `[::1]:9000`. */
const written = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/;

/** What one line says; what has no port yet, such as `::1`, is a host. */
export function destinationOf(text: string): Destination {
  const [whole, bracketed, plain, port = ''] = written.exec(text.trim()) ?? [];
  return whole === undefined ? { host: text.trim(), port } : { host: bracketed ?? plain ?? '', port };
}

/** An address with colons stands in brackets even without its port: so a port can be written behind it. */
export function destinationText({ host, port }: Destination): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === '' ? name : `${name}:${port}`;
}

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
