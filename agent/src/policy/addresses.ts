/** What an address really points at, whatever its spelling. Only numeric addresses come here: names are resolved first. */
import ipaddr from 'ipaddr.js';

export type Ip = ipaddr.IPv4 | ipaddr.IPv6;

const embeddings: readonly { readonly range: string; readonly firstByte: number }[] = [
  { range: 'ipv4Mapped', firstByte: 12 },
  { range: 'rfc6145', firstByte: 12 },
  { range: 'rfc6052', firstByte: 12 },
  { range: '6to4', firstByte: 2 },
];
/** `::a.b.c.d` (RFC 4291 §2.5.5.1), deprecated but still parsed. */
const compatible = ipaddr.IPv6.parseCIDR('::/96');

const dottedTail = /(?<=:)\d+\.\d+\.\d+\.\d+$/;

/** `::7f00:1` for `::127.0.0.1`, which the library would read as `::ffff:127.0.0.1` and no kernel does. */
function inHex(host: string): string {
  return host.replace(dottedTail, (tail) => {
    if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return tail;
    const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).octets;
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
}

/** The address, or null for what is no address. A zone (`%eth0`) is passed over. */
export function parseIp(host: string): Ip | null {
  const bare = inHex(host.replace(/%.*$/, ''));
  return ipaddr.isValid(bare) ? ipaddr.parse(bare) : null;
}

/** The address itself, and the IPv4 address it carries when it is an IPv6 one that leads to one. */
export function readings(ip: Ip): readonly Ip[] {
  const inner = ip instanceof ipaddr.IPv6 ? embedded(ip) : null;
  return inner === null ? [ip] : [ip, inner];
}

function embedded(ip: ipaddr.IPv6): ipaddr.IPv4 | null {
  const known = embeddings.find(({ range }) => range === ip.range());
  const range = ip.range();
  const firstByte =
    known?.firstByte ?? (range !== 'loopback' && range !== 'unspecified' && ip.match(compatible) ? 12 : null);
  return firstByte === null ? null : new ipaddr.IPv4(ip.toByteArray().slice(firstByte, firstByte + 4));
}

/** `0.0.0.0` and `::` alone: the kernel sends the rest of 0.0.0.0/8, which the library ranges with it, to its gateway. */
const isAny = (ip: Ip) => ip.toByteArray().every((byte) => byte === 0);

const isHere = (ip: Ip) => ip.range() === 'loopback' || isAny(ip);

/**
 * Whether the kernel keeps what is sent there on this computer. `0.0.0.0` and `::` lead to it when they are targets. Of
 * the addresses that carry an IPv4 one only the mapped ones do: the others go to a gateway, whatever they carry.
 */
export function staysHere(ip: Ip): boolean {
  return ip.range() === 'ipv4Mapped' ? readings(ip).slice(1).some(isHere) : isHere(ip);
}

/** Whether any reading of the address means this computer. */
export function meansHere(ip: Ip): boolean {
  return readings(ip).some(isHere);
}

/** The address without its IPv4-mapped clothes. */
const unmapped = (ip: Ip): Ip => (ip.range() === 'ipv4Mapped' ? (readings(ip).at(-1) ?? ip) : ip);

/** What was asked for lately: each connection and datagram asks for the same few addresses, and to parse one takes 3 µs. */
const spellings = new Map<string, string>();
const mostSpellings = 1_000;

/** One spelling for what the kernel takes for one address; what is no address stays as it is. */
export function plain(host: string): string {
  const known = spellings.get(host);
  if (known !== undefined) return known;
  const ip = parseIp(host);
  const spelling = ip === null ? host : unmapped(ip).toString();
  if (spellings.size >= mostSpellings) spellings.clear();
  spellings.set(host, spelling);
  return spelling;
}

/** Whether the address is in 127.0.0.0/8 or is ::1, also when mapped. */
export function isLoopback(host: string): boolean {
  const ip = parseIp(host);
  return ip !== null && unmapped(ip).range() === 'loopback';
}

/** Whether what is sent to the address stays on this computer (`staysHere`). */
export function leadsHere(host: string): boolean {
  const ip = parseIp(host);
  return ip !== null && staysHere(ip);
}

/** Whether the address is an IPv4 address in IPv6 clothes: `::ffff:a.b.c.d`. */
export function isMapped(host: string): boolean {
  return parseIp(host)?.range() === 'ipv4Mapped';
}

/** Whether the address is `0.0.0.0` or `::`, also when mapped: every address of this computer. */
export function isUnspecified(host: string): boolean {
  const ip = parseIp(host);
  return ip !== null && isAny(unmapped(ip));
}
