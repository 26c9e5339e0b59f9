/** A captured packet, taken apart as far as TCP and UDP go. Never throws: what cannot be taken apart says why. */
import type { Address } from '../../events/address.ts';
import type { TcpHeader } from '../../events/event.ts';
import { hostText } from '../../payload/host.ts';

export interface Dissected {
  readonly protocol: string;
  readonly source: Address | null;
  readonly destination: Address | null;
  readonly tcp?: TcpHeader;
  readonly note?: string;
  /** Where its TCP or UDP header begins in the packet; null for any other. */
  readonly transportAt: number | null;
  /** Bytes of payload on the wire, and those of them that are here. */
  readonly size: number;
  readonly data: Uint8Array;
}

/** Link types (https://www.tcpdump.org/linktypes.html). */
const linkTypes = {
  null: 0,
  ethernet: 1,
  raw: 101,
  loop: 108,
  cooked: 113,
  ipv4: 228,
  ipv6: 229,
  cooked2: 276,
};
const rawByOtherNames = [12, 14];
const etherTypes = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd };
/** 802.1Q, 802.1ad, and what came before it. */
const vlanTypes = [0x8100, 0x88a8, 0x9100];
const mostVlans = 8;
const mostExtensions = 16;
const fragmentHeader = 44;
/** IPv6 headers that stand before the transport's (RFC 8200 §4): hop by hop, routing, destination options; 51 counts otherwise. */
const extensionHeaders = [0, 43, 60, 135];
const authenticationHeader = 51;
const protocolNames = new Map([
  [1, 'ICMP'],
  [2, 'IGMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [58, 'ICMPv6'],
  [89, 'OSPF'],
  [132, 'SCTP'],
]);
const etherNames = new Map([
  [etherTypes.arp, 'ARP'],
  [0x8863, 'PPPoE'],
  [0x88cc, 'LLDP'],
  [0x888e, 'EAPOL'],
]);

/** A packet while it is read: its bytes here, and how long it was on the wire. */
class Frame {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where it ends on the wire, in the same count. */
  size: number;

  constructor(bytes: Uint8Array, size: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.size = Math.max(size, bytes.length);
  }

  has(at: number, length: number): boolean {
    return at + length <= this.bytes.length;
  }

  u8(at: number): number {
    return this.has(at, 1) ? this.view.getUint8(at) : 0;
  }

  u16(at: number): number {
    return this.has(at, 2) ? this.view.getUint16(at) : 0;
  }

  /** What lies from `at` on, up to where the packet ends: `at` may be behind what is here. */
  rest(at: number): Pick<Dissected, 'size' | 'data'> {
    const data = this.bytes.subarray(at, Math.max(at, this.size));
    return { size: Math.max(0, this.size - at), data };
  }

  host(at: number, length: number): string {
    return hostText(this.bytes.subarray(at, at + length));
  }
}

/** `size`: bytes of the packet on the wire; fewer may be here. */
export function dissect(bytes: Uint8Array, size: number, linkType: number): Dissected {
  const frame = new Frame(bytes, size);
  switch (linkType) {
    case linkTypes.ethernet:
      return ether(frame, 12);
    case linkTypes.raw:
    case linkTypes.ipv4:
    case linkTypes.ipv6:
      return ip(frame, 0);
    case linkTypes.null:
    case linkTypes.loop:
      return ip(frame, 4);
    case linkTypes.cooked:
      return etherType(frame, frame.u16(14), 16);
    case linkTypes.cooked2:
      return etherType(frame, frame.u16(0), 20);
    default:
      if (rawByOtherNames.includes(linkType)) return ip(frame, 0);
      return other(frame, 0, `link ${linkType}`, 'a link layer that is not known here');
  }
}

function other(frame: Frame, at: number, protocol: string, note?: string): Dissected {
  return {
    protocol,
    source: null,
    destination: null,
    transportAt: null,
    ...frame.rest(at),
    ...(note === undefined ? {} : { note }),
  };
}

function ether(frame: Frame, typeAt: number): Dissected {
  let at = typeAt;
  for (let vlans = 0; vlans < mostVlans && vlanTypes.includes(frame.u16(at)); vlans += 1) at += 4;
  return etherType(frame, frame.u16(at), at + 2);
}

function etherType(frame: Frame, type: number, at: number): Dissected {
  if (type === etherTypes.ipv4 || type === etherTypes.ipv6) return ip(frame, at);
  return other(frame, at, etherNames.get(type) ?? `type 0x${type.toString(16).padStart(4, '0')}`);
}

function ip(frame: Frame, at: number): Dissected {
  const version = frame.u8(at) >> 4;
  if (version === 4) return ipv4(frame, at);
  if (version === 6) return ipv6(frame, at);
  return other(frame, at, 'IP', 'neither IPv4 nor IPv6');
}

interface Hosts {
  readonly from: string;
  readonly to: string;
}

const cutShort = 'cut short within its headers';

function ipv4(frame: Frame, at: number): Dissected {
  const headerBytes = (frame.u8(at) & 0x0f) * 4;
  if (headerBytes < 20 || !frame.has(at, headerBytes)) return other(frame, at, 'IPv4', cutShort);
  const total = frame.u16(at + 2);
  // Zero where the network card cuts what the system handed it whole.
  if (total >= headerBytes) frame.size = Math.min(frame.size, at + total);
  const hosts = { from: frame.host(at + 12, 4), to: frame.host(at + 16, 4) };
  const fragment = frame.u16(at + 6) & 0x3fff;
  return transport(frame, at + headerBytes, frame.u8(at + 9), hosts, fragment !== 0);
}

function ipv6(frame: Frame, at: number): Dissected {
  if (!frame.has(at, 40)) return other(frame, at, 'IPv6', cutShort);
  const length = frame.u16(at + 4);
  if (length > 0) frame.size = Math.min(frame.size, at + 40 + length);
  const hosts = { from: frame.host(at + 8, 16), to: frame.host(at + 24, 16) };
  let next = frame.u8(at + 6);
  let place = at + 40;
  /** Its offset in the packet, times eight, and whether more follow (RFC 8200 §4.5). */
  let fragment = 0;
  for (let count = 0; count < mostExtensions && frame.has(place, 8); count += 1) {
    // In a later fragment payload follows, and no header.
    if (fragment > 1) break;
    if (next === fragmentHeader) fragment = frame.u16(place + 2) & 0xfff9;
    else if (!extensionHeaders.includes(next) && next !== authenticationHeader) break;
    const words = frame.u8(place + 1);
    const bytes =
      next === fragmentHeader ? 8 : next === authenticationHeader ? (words + 2) * 4 : (words + 1) * 8;
    next = frame.u8(place);
    place += bytes;
  }
  return transport(frame, place, next, hosts, fragment !== 0);
}

function transport(frame: Frame, at: number, protocol: number, hosts: Hosts, isFragment: boolean): Dissected {
  const name = protocolNames.get(protocol) ?? `IP ${protocol}`;
  const whole = { source: { host: hosts.from, port: 0 }, destination: { host: hosts.to, port: 0 } };
  const apart = (note?: string): Dissected => ({ ...other(frame, at, name, note), ...whole });
  if (isFragment) return { ...apart('a fragment, not put together'), protocol: `${name} fragment` };
  if (protocol === 6) return tcp(frame, at, hosts) ?? apart(cutShort);
  if (protocol === 17) return udp(frame, at, hosts) ?? apart(cutShort);
  return apart();
}

function ends(frame: Frame, at: number, { from, to }: Hosts) {
  return {
    source: { host: from, port: frame.u16(at) },
    destination: { host: to, port: frame.u16(at + 2) },
  };
}

function tcp(frame: Frame, at: number, hosts: Hosts): Dissected | null {
  if (!frame.has(at, 20)) return null;
  const headerBytes = (frame.u8(at + 12) >> 4) * 4;
  if (headerBytes < 20 || at + headerBytes > frame.size) return null;
  const header = {
    sequence: frame.view.getUint32(at + 4),
    acknowledgement: frame.view.getUint32(at + 8),
    flags: frame.u8(at + 13),
    window: frame.u16(at + 14),
  };
  return {
    ...{ protocol: 'TCP', ...ends(frame, at, hosts), tcp: header, transportAt: at },
    ...frame.rest(at + headerBytes),
  };
}

function udp(frame: Frame, at: number, hosts: Hosts): Dissected | null {
  if (!frame.has(at, 8)) return null;
  const length = frame.u16(at + 4);
  // Zero in a jumbogram (RFC 2675 §4).
  if (length >= 8) frame.size = Math.min(frame.size, at + length);
  return { protocol: 'UDP', ...ends(frame, at, hosts), transportAt: at, ...frame.rest(at + 8) };
}
