/** The ends of a datagram socket: as the kernel tells them, and where it sends from when nobody said so. */
import { isIPv4 } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Address, Family } from '@socket-playground/shared/events/address.ts';
import { isMapped, leadsHere } from '../../policy/addresses.ts';

export const familyOf = ({ host }: Address): Family => (isIPv4(host) ? 'inet' : 'inet6');

export const addressOf = ({ address, port }: AddressInfo): Address => ({ host: address, port });

/** Where a socket that was not bound sends from: loopback when it sends to this computer, so that nobody else can answer. */
export function sourceFor({ host }: Address): Address {
  const isHere = leadsHere(host);
  if (isIPv4(host)) return { host: isHere ? '127.0.0.1' : '0.0.0.0', port: 0 };
  if (isMapped(host)) return { host: isHere ? '::ffff:127.0.0.1' : '::', port: 0 };
  return { host: isHere ? '::1' : '::', port: 0 };
}
