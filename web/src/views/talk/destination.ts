/** Where a datagram goes: as it is written in one line, what of it is missing and what is wrong. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';

export interface Destination {
  readonly host: string;
  readonly port: string;
}

const portMost = 65_535;

/** Where a datagram goes while nobody has said: this computer, in the socket's own family. */
export const loopbackOf = ({ family }: Pick<SocketState, 'family'>): string =>
  family === 'inet6' ? '::1' : '127.0.0.1';

/** What neither a host nor a port has in it: a list was written. */
const several = /[\s,;]/;

/** The address a datagram goes to, or what is wrong with it, beside the field that is wrong. */
export function readDestination({
  host,
  port,
}: Destination): Address | { readonly field: 'host' | 'port'; readonly wrong: string } {
  const name = host.trim();
  if (name === '') return { field: 'host', wrong: 'Say where to: an address or a name.' };
  if (several.test(name) || several.test(port.trim()))
    return { field: 'host', wrong: 'One address at a time, as in 127.0.0.1:9000.' };
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
