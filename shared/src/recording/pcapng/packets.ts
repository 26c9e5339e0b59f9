/** IP packets as they would have passed: IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768), checksums included. */
import { tcpFlags } from '../../events/tcp-flags.ts';
import { asIpv6 } from '../../payload/host-bytes.ts';

/** One end, as bytes. */
export interface End {
  readonly host: Uint8Array;
  readonly port: number;
}

export interface Packet {
  /** As far as it is known: its payload may have been cut. */
  readonly bytes: Uint8Array;
  /** Its length on the wire. */
  readonly size: number;
}

export interface TcpFields {
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
}

/** Payload bytes of the largest TCP segment and UDP datagram; lengths have 16 bits, and IPv6 does not count its own header. */
export const mostSegmentBytes = 65_535 - 40;
export const mostDatagramBytes = { 4: 65_535 - 28, 16: 65_535 - 8 } as const;

const ipv4Bytes = 20;
const ipv6Bytes = 40;
const udpBytes = 8;
const tcpBytes = 20;
const tcp = 6;
const udp = 17;
const timeToLive = 64;
/** What a kernel gives datagrams to a group, unless it is told otherwise: they leave no network (RFC 1112 §6.1, RFC 3493 §5.2). */
const timeToLiveInGroups = 1;
const timeToLiveFor = ({ host }: End): number =>
  (host.length === 4 ? (host[0] ?? 0) >> 4 === 0xe : host[0] === 0xff) ? timeToLiveInGroups : timeToLive;
const doNotFragment = 0x4000;
/** Maximum segment size (RFC 9293 §3.7.1) and a window scale of 14 (RFC 7323 §2.2): nobody here knows how full a window was. */
const synOptions = Uint8Array.of(2, 4, mostSegmentBytes >> 8, mostSegmentBytes & 0xff, 3, 3, 14, 0);

/** The Internet checksum (RFC 1071) of bytes that begin at an even place, on top of `sum`. */
function add(bytes: Uint8Array, from: number, to: number, sum: number): number {
  let total = sum;
  const even = to - ((to - from) & 1);
  for (let at = from; at < even; at += 2) total += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return even < to ? total + ((bytes[even] ?? 0) << 8) : total;
}

function folded(sum: number): number {
  let value = sum;
  while (value > 0xffff) value = (value % 0x10000) + Math.floor(value / 0x10000);
  return ~value & 0xffff;
}

export function tcpPacket(
  from: End,
  to: End,
  { sequence, acknowledgement, flags }: TcpFields,
  payload: Uint8Array,
  size = payload.length,
): Packet {
  const options = flags & tcpFlags.SYN ? synOptions : new Uint8Array(0);
  const header = tcpBytes + options.length;
  return packet(from, to, tcp, header, payload, size, (view, bytes, at) => {
    view.setUint16(at, from.port);
    view.setUint16(at + 2, to.port);
    view.setUint32(at + 4, sequence);
    view.setUint32(at + 8, flags & tcpFlags.ACK ? acknowledgement : 0);
    view.setUint8(at + 12, (header / 4) << 4);
    view.setUint8(at + 13, flags);
    view.setUint16(at + 14, 0xffff);
    bytes.set(options, at + tcpBytes);
    return at + 16;
  });
}

export function udpPacket(from: End, to: End, payload: Uint8Array, size = payload.length): Packet {
  return packet(from, to, udp, udpBytes, payload, size, (view, _bytes, at) => {
    view.setUint16(at, from.port);
    view.setUint16(at + 2, to.port);
    view.setUint16(at + 4, udpBytes + size);
    return at + 6;
  });
}

/** `writeHeader` writes the transport's header at a place and answers where its checksum stands. */
function packet(
  from: End,
  to: End,
  protocol: number,
  headerBytes: number,
  payload: Uint8Array,
  size: number,
  writeHeader: (view: DataView, bytes: Uint8Array, at: number) => number,
): Packet {
  const isIpv4 = from.host.length === 4 && to.host.length === 4;
  const start = isIpv4 ? ipv4Bytes : ipv6Bytes;
  const bytes = new Uint8Array(start + headerBytes + payload.length);
  const view = new DataView(bytes.buffer);
  const length = headerBytes + size;
  if (isIpv4) writeIpv4(view, bytes, protocol, length, from, to);
  else writeIpv6(view, bytes, protocol, length, from, to);
  const checksumAt = writeHeader(view, bytes, start);
  bytes.set(payload, start + headerBytes);
  // The pseudo header: both addresses, protocol and length (RFC 9293 §3.1, RFC 8200 §8.1).
  const addresses = add(bytes, isIpv4 ? 12 : 8, start, protocol + length);
  const checksum = folded(add(bytes, start, bytes.length, addresses));
  view.setUint16(checksumAt, checksum === 0 && protocol === udp ? 0xffff : checksum);
  return { bytes, size: start + length };
}

function writeIpv4(
  view: DataView,
  bytes: Uint8Array,
  protocol: number,
  length: number,
  from: End,
  to: End,
): void {
  view.setUint8(0, 0x45);
  view.setUint16(2, ipv4Bytes + length);
  view.setUint16(6, doNotFragment);
  view.setUint8(8, timeToLiveFor(to));
  view.setUint8(9, protocol);
  bytes.set(from.host, 12);
  bytes.set(to.host, 16);
  view.setUint16(10, folded(add(bytes, 0, ipv4Bytes, 0)));
}

function writeIpv6(
  view: DataView,
  bytes: Uint8Array,
  protocol: number,
  length: number,
  from: End,
  to: End,
): void {
  view.setUint8(0, 0x60);
  view.setUint16(4, length);
  view.setUint8(6, protocol);
  view.setUint8(7, timeToLiveFor(to));
  bytes.set(asIpv6(from.host), 8);
  bytes.set(asIpv6(to.host), 24);
}
