/** Which interface multicast uses. IPv4 names interfaces by an address, IPv6 by a zone (RFC 4007 §11): `::1%lo`. */
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopback, parseIp } from '../../policy/addresses.ts';

/**
 * The name that makes the kernel use the interface of this address; null when no interface has it. The kernel would pass
 * over an IPv6 address without a zone and choose an interface by itself.
 */
export function interfaceOf(host: string): string | null {
  if (!host.includes(':') || host.includes('%')) return host;
  const wanted = parseIp(host)?.toString();
  for (const [name, entries = []] of Object.entries(networkInterfaces())) {
    const entry = entries.find(({ address }) => parseIp(address)?.toString() === wanted);
    if (entry) return `${host}%${process.platform === 'win32' ? (entry.scopeid ?? name) : name}`;
  }
  return null;
}

/**
 * Where a socket bound to loopback sends its multicast; null leaves that to the kernel. All of 127.0.0.0/8 can be bound,
 * also what the kernel knows no interface of, such as its broadcast address.
 */
export function multicastFrom(local: string): string | null {
  if (!isLoopback(local)) return null;
  return interfaceOf(isIPv4(local) ? '127.0.0.1' : local);
}
