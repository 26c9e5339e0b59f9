import { networkInterfaces } from 'node:os';
import type { NetworkInterfaceInfo } from 'node:os';

/** Needs a zone to be used, and is never allowed as a target (RFC 4291 §2.5.6). */
const isLinkLocal = ({ address }: NetworkInterfaceInfo) => /^fe[89ab]/i.test(address);

/** This machine's addresses, loopback first. They change with the network: ask again for each page. */
export function ownAddresses(interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces)
    .flatMap((found) => found ?? [])
    .filter((found) => !isLinkLocal(found));
  return [...all.filter(({ internal }) => internal), ...all.filter(({ internal }) => !internal)].map(
    ({ address }) => address,
  );
}
