/**
 * What has to be known of a file's part to read a packet in it: byte order, interfaces, whose it is. Never changed, only
 * replaced. It is kept for as long as the file is open, and holds none of the bytes that it was read from.
 */
import { blockTypes, byteOrderMagic, optionCodes, padded } from './blocks.ts';
import type { Option } from './blocks.ts';
import { pcapngLimits } from './limits.ts';

export interface Interface {
  readonly linkType: number;
  readonly snapBytes: number;
  /** Since 1970, from what stands in the file. */
  readonly ns: (time: bigint) => bigint;
}

export interface Section {
  readonly format: 'pcapng' | 'pcap';
  readonly little: boolean;
  readonly interfaces: readonly Interface[];
  /** Who wrote it, and what it says of itself. */
  readonly options: readonly Option[];
}

const nsDigits = 9n;
const nsPerSecond = 1_000_000_000n;
const microseconds = 6;

/** `resolution` as `if_tsresol` has it: a power of 10, or with the first bit a power of 2 (§4.2). */
function clock(resolution: number, offsetSeconds: bigint): (time: bigint) => bigint {
  const offset = offsetSeconds * nsPerSecond;
  const power = BigInt(resolution & 0x7f);
  if (resolution & 0x80) return (time) => ((time * nsPerSecond) >> power) + offset;
  if (power <= nsDigits) {
    const factor = 10n ** (nsDigits - power);
    return (time) => time * factor + offset;
  }
  const divisor = 10n ** (power - nsDigits);
  return (time) => time / divisor + offset;
}

/** The options of a block, as far as they are sound: views into its bytes. */
export function readOptions(view: DataView, from: number, end: number, little: boolean): Option[] {
  const options: Option[] = [];
  let at = from;
  while (at + 4 <= end) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === optionCodes.end || at + 4 + length > end) break;
    options.push({ code, value: new Uint8Array(view.buffer, view.byteOffset + at + 4, length) });
    at += 4 + padded(length);
  }
  return options;
}

/** The byte order of the section that begins with these 12 bytes; null when none does. */
export function sectionOrder(view: DataView, at: number): boolean | null {
  if (view.getUint32(at, true) !== blockTypes.section) return null;
  const magic = view.getUint32(at + 8, true);
  if (magic === byteOrderMagic) return true;
  return view.getUint32(at + 8, false) === byteOrderMagic ? false : null;
}

/** The section that begins with a block, its options copied. */
export function sectionOf(little: boolean, view: DataView, body: number, end: number): Section {
  const options = readOptions(view, body + 16, end, little);
  const own = options.map(({ code, value }) => ({ code, value: value.slice() }));
  return { format: 'pcapng', little, interfaces: [], options: own };
}

export function withInterface(section: Section, view: DataView, body: number, end: number): Section | null {
  const { little, interfaces } = section;
  if (body + 8 > end || interfaces.length >= pcapngLimits.interfaces) return null;
  const options = readOptions(view, body + 8, end, little);
  const find = (code: number) => options.find((option) => option.code === code)?.value;
  const offset = find(optionCodes.offset);
  const seconds =
    offset?.length === 8 ? new DataView(offset.buffer, offset.byteOffset, 8).getBigInt64(0, little) : 0n;
  const added: Interface = {
    linkType: view.getUint16(body, little),
    snapBytes: view.getUint32(body + 4, little),
    ns: clock(find(optionCodes.resolution)?.[0] ?? microseconds, seconds),
  };
  return { ...section, interfaces: [...interfaces, added] };
}

const pcapMagics = { microseconds: 0xa1b2_c3d4, nanoseconds: 0xa1b2_3c4d } as const;
export const pcapHeadBytes = 24;

/** The head of a classic pcap file (draft-ietf-opsawg-pcap §4), or null when it is none. */
export function pcapSection(view: DataView): Section | null {
  if (view.byteLength < pcapHeadBytes) return null;
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic !== pcapMagics.microseconds && magic !== pcapMagics.nanoseconds) continue;
    const ns = clock(magic === pcapMagics.nanoseconds ? 9 : microseconds, 0n);
    // Above it stands how long the frame check sequences are, if anything.
    const linkType = view.getUint32(20, little) & 0xffff;
    const only = { linkType, snapBytes: view.getUint32(16, little), ns };
    return { format: 'pcap', little, interfaces: [only], options: [] };
  }
  return null;
}
