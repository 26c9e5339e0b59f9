/** What the cells of a row say where their model does not have it as a text; whoever paints them takes it from here. */
import { formatHost } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';

/** Characters that an address column has room for. */
const addressRoom = 15;

export interface AddressText {
  readonly host: string;
  readonly port: string;
  /** A longer address than there is room for gives up the end of its host. */
  readonly isLong: boolean;
}

const noAddress: AddressText = { host: '', port: '', isLong: false };

export function addressText(address: Address | null): AddressText {
  if (address === null) return noAddress;
  const host = formatHost(address.host);
  // Of a fragment, or what is neither TCP nor UDP, no port is known.
  const port = address.port === 0 ? '' : `:${address.port}`;
  return { host, port, isLong: host.length + port.length > addressRoom };
}

export const socketText = (socket: number | null): string => (socket === null ? '' : `#${socket}`);

/** In place of bytes where there are none. */
export const nothingText = (protocol: string): string =>
  protocol === 'UDP' ? '(empty datagram)' : '(no bytes)';
