/**
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng), little endian: section header (§4.1), interface (§4.2),
 * enhanced packet (§4.3) and interface statistics (§4.6).
 */
import { encodeUtf8 } from '../../payload/utf8.ts';

export const blockTypes = {
  section: 0x0a0d0d0a,
  interface: 1,
  packet: 2,
  simplePacket: 3,
  statistics: 5,
  enhancedPacket: 6,
} as const;
export const byteOrderMagic = 0x1a2b3c4d;

export const optionCodes = {
  end: 0,
  comment: 1,
  application: 4,
  resolution: 9,
  offset: 14,
  name: 2,
  /** Options with the first bit set are for whoever writes them (§3.5.1): the bytes of an event that no packet carries. */
  data: 0x8001,
  /** The same for a comment that is longer than an option: its beginning in pieces, then its end. */
  text: 0x8002,
  textEnd: 0x8003,
} as const;

/** A packet begins with its IP header, of either version (LINKTYPE_RAW). */
const linkTypeRaw = 101;
const nanoseconds = 9;
const blockOverhead = 12;
const optionHeaderBytes = 4;

export interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

export const comment = (text: string): Option => ({ code: optionCodes.comment, value: encodeUtf8(text) });

/** To the next multiple of 4: everything in a file is (§3.1). */
export const padded = (length: number): number => (length + 3) & ~3;

const optionsLength = (options: readonly Option[]) =>
  options.length === 0
    ? 0
    : options.reduce((sum, { value }) => sum + optionHeaderBytes + padded(value.length), optionHeaderBytes);

function writeOptions(options: readonly Option[], into: Uint8Array, view: DataView, from: number): void {
  let at = from;
  for (const { code, value } of options) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, value.length, true);
    into.set(value, at + optionHeaderBytes);
    at += optionHeaderBytes + padded(value.length);
  }
  // What ends them is all zero.
}

function block(
  type: number,
  bodyBytes: number,
  options: readonly Option[],
  write: (view: DataView, bytes: Uint8Array, at: number) => void,
): Uint8Array<ArrayBuffer> {
  const length = blockOverhead + padded(bodyBytes) + optionsLength(options);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  write(view, bytes, 8);
  writeOptions(options, bytes, view, 8 + padded(bodyBytes));
  view.setUint32(length - 4, length, true);
  return bytes;
}

/** The file's first block. Its length is not known: it is written as it comes. */
export function sectionBlock(options: readonly Option[]): Uint8Array<ArrayBuffer> {
  return block(blockTypes.section, 16, options, (view, _bytes, at) => {
    view.setUint32(at, byteOrderMagic, true);
    view.setUint16(at + 4, 1, true);
    view.setBigInt64(at + 8, -1n, true);
  });
}

/** The only interface, times in nanoseconds. Packets have no link layer unless it is said which. */
export function interfaceBlock(
  name: string | null,
  linkType = linkTypeRaw,
  snapBytes = 0,
): Uint8Array<ArrayBuffer> {
  const options = [
    ...(name === null ? [] : [{ code: optionCodes.name, value: encodeUtf8(name) }]),
    { code: optionCodes.resolution, value: Uint8Array.of(nanoseconds) },
  ];
  return block(blockTypes.interface, 8, options, (view, _bytes, at) => {
    view.setUint16(at, linkType, true);
    view.setUint32(at + 4, snapBytes, true);
  });
}

function setTime(view: DataView, at: number, timeNs: bigint): void {
  view.setUint32(at, Number((timeNs >> 32n) & 0xffff_ffffn), true);
  view.setUint32(at + 4, Number(timeNs & 0xffff_ffffn), true);
}

/** One packet; `size` is its length on the wire, of which `packet` may be only the beginning. `timeNs` since 1970. */
export function packetBlock(
  timeNs: bigint,
  packet: Uint8Array,
  size: number,
  options: readonly Option[],
): Uint8Array<ArrayBuffer> {
  return block(blockTypes.enhancedPacket, 20 + packet.length, options, (view, bytes, at) => {
    setTime(view, at + 4, timeNs);
    view.setUint32(at + 12, packet.length, true);
    view.setUint32(at + 16, size, true);
    bytes.set(packet, at + 20);
  });
}

/** A block without a packet, for what has to be said between packets. */
export function holderBlock(timeNs: bigint, options: readonly Option[]): Uint8Array<ArrayBuffer> {
  return block(blockTypes.statistics, 12, options, (view, _bytes, at) => setTime(view, at + 4, timeNs));
}
