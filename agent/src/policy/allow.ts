/** What `--allow` says: networks, and maybe ports, beyond this computer that sockets may send to. */
import ipaddr from 'ipaddr.js';
import type { Ip } from './addresses.ts';

/** Both ends belong to it. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface AllowRule {
  /** A network and the length of its prefix in bits (RFC 4632, RFC 4291 §2.3). */
  readonly network: readonly [Ip, number];
  /** Null means every port. */
  readonly ports: readonly PortRange[] | null;
}

/** What a rule looks like, in words that fit behind "should be". */
export const allowExpects =
  'a network, maybe with ports from 1 to 65535: ' +
  '192.168.1.0/24, 10.0.0.5:80,443, fd00::/8:8000-9000 or [fd00::1]:80';

/** Port 0 is nobody's: nothing can be sent there (RFC 6335 §6). */
const firstPort = 1;
const lastPort = 65_535;
/** Either brackets, or a prefix length, or the lack of further colons tells the ports of an IPv6 address apart. */
const shapes = [
  /^\[(?<host>[^\]]+)\](?:\/(?<prefix>\d{1,3}))?(?::(?<ports>[^:]+))?$/,
  /^(?<host>[^/]+)\/(?<prefix>\d{1,3})(?::(?<ports>[^:]+))?$/,
  /^(?<host>[^:/]+)(?::(?<ports>[^:]+))?$/,
  /^(?<host>[0-9a-f:.]+)$/i,
] as const;

/** A rule of its text, or null. Host bits in the network count for nothing, as with ip-route(8). */
export function parseAllow(text: string): AllowRule | null {
  const parts = shapes.map((shape) => shape.exec(text)?.groups).find((groups) => groups !== undefined);
  const address = parseAddress(parts?.host ?? '');
  if (parts === undefined || address === null) return null;
  const longest = address.toByteArray().length * 8;
  const prefix = parts.prefix === undefined ? longest : Number(parts.prefix);
  const ports = parts.ports === undefined ? null : parsePorts(parts.ports);
  const isRight = prefix <= longest && (ports === null || ports.length > 0);
  if (!isRight) return null;
  return { network: [address, prefix], ports };
}

/** Whether a rule lets sockets send to a numeric address and port. An IPv4-mapped address is the IPv4 address it maps. */
export function allows(
  { network: [network, prefix], ports }: AllowRule,
  host: string,
  port: number,
): boolean {
  const address = parseAddress(host);
  const inRange = ports === null || ports.some(({ from, to }) => from <= port && port <= to);
  return inRange && address !== null && inNetwork(address, network, prefix);
}

function inNetwork(address: Ip, network: Ip, prefix: number): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, prefix);
  return network instanceof ipaddr.IPv6 && address.match(network, prefix);
}

/** Four decimal parts or IPv6, nothing older: 0177.1 is a riddle, not an address. */
function parseAddress(text: string): Ip | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** `80`, `80,443`, `8000-9000`; empty when any part is not right. */
function parsePorts(text: string): readonly PortRange[] {
  const ranges = text.split(',').map((part) => {
    const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? [];
    return from === '' ? null : { from: Number(from), to: Number(to) };
  });
  const valid = ranges.flatMap((range) =>
    range && firstPort <= range.from && range.from <= range.to && range.to <= lastPort ? [range] : [],
  );
  return valid.length === ranges.length ? valid : [];
}
