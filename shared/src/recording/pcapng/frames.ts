/** The blocks of a file one by one, as what a reader of packets has to know of them. */
import { blockTypes, padded } from './blocks.ts';
import type { Option } from './blocks.ts';
import { pcapngLimits } from './limits.ts';
import { readOptions, sectionOf, sectionOrder, withInterface } from './section.ts';
import type { Interface, Section } from './section.ts';

export interface Frame {
  readonly on: Interface | null;
  /** Since 1970; null where the block has no time. */
  readonly ns: bigint | null;
  readonly bytes: Uint8Array;
  /** Bytes on the wire. */
  readonly size: number;
}

/** One block: the section as it is behind it, and what it holds. */
export interface Read {
  readonly length: number;
  readonly section: Section;
  readonly frame: Frame | null;
  /** What is said beside a packet, or in a block without one. */
  readonly options: readonly Option[];
  /** Where in it its fixed part and its packet end: behind it stand options, if any. */
  readonly tailAt: number;
}

/** The block at `at`; how many bytes are needed to read it when they are not here; null when it is none. */
export function readBlock(view: DataView, at: number, section: Section | null): Read | number | null {
  return section?.format === 'pcap' ? readRecord(view, at, section) : readPcapng(view, at, section);
}

function readPcapng(view: DataView, at: number, before: Section | null): Read | number | null {
  if (at + 12 > view.byteLength) return 12;
  const order = sectionOrder(view, at);
  const little = order ?? before?.little;
  if (little === undefined) return null;
  const length = view.getUint32(at + 4, little);
  if (length < 12 || length % 4 !== 0 || length > pcapngLimits.blockBytes) return null;
  if (at + length > view.byteLength) return length;
  if (view.getUint32(at + length - 4, little) !== length) return null;
  const [body, end] = [at + 8, at + length - 4];
  if (order !== null) {
    if (length < 28) return null;
    return { length, section: sectionOf(little, view, body, end), frame: null, options: [], tailAt: 24 };
  }
  return before && readBody(view, view.getUint32(at, little), body, end, length, before);
}

function readBody(
  view: DataView,
  type: number,
  body: number,
  end: number,
  length: number,
  section: Section,
): Read | null {
  const { little } = section;
  const plain = { length, section, frame: null, options: [], tailAt: length - 4 };
  switch (type) {
    case blockTypes.interface: {
      const after = withInterface(section, view, body, end);
      return after && { ...plain, section: after, tailAt: 16 };
    }
    case blockTypes.enhancedPacket:
    case blockTypes.packet: {
      if (body + 20 > end) return null;
      const captured = view.getUint32(body + 12, little);
      if (captured > end - body - 20) return null;
      const number = type === blockTypes.packet ? view.getUint16(body, little) : view.getUint32(body, little);
      const on = section.interfaces[number] ?? null;
      const bytes = bytesOf(view, body + 20, captured);
      const time =
        (BigInt(view.getUint32(body + 4, little)) << 32n) | BigInt(view.getUint32(body + 8, little));
      const frame = { on, ns: on?.ns(time) ?? null, bytes, size: view.getUint32(body + 16, little) };
      const options = readOptions(view, body + 20 + padded(captured), end, little);
      return { ...plain, frame, options, tailAt: 28 + captured };
    }
    case blockTypes.simplePacket: {
      if (body + 4 > end) return null;
      const size = view.getUint32(body, little);
      const on = section.interfaces[0] ?? null;
      const snap = on === null || on.snapBytes === 0 ? size : on.snapBytes;
      const bytes = bytesOf(view, body + 4, Math.min(size, snap, end - body - 4));
      return { ...plain, frame: { on, ns: null, bytes, size }, tailAt: 12 + bytes.length };
    }
    case blockTypes.statistics:
      return { ...plain, options: readOptions(view, body + 12, end, little), tailAt: 20 };
    default:
      return plain;
  }
}

const recordHeadBytes = 16;

/** One record of a classic pcap file. */
function readRecord(view: DataView, at: number, section: Section): Read | number | null {
  if (at + recordHeadBytes > view.byteLength) return recordHeadBytes;
  const { little } = section;
  const captured = view.getUint32(at + 8, little);
  if (captured > pcapngLimits.packetBytes) return null;
  const length = recordHeadBytes + captured;
  if (at + length > view.byteLength) return length;
  const on = section.interfaces[0] ?? null;
  const seconds = BigInt(view.getUint32(at, little));
  const ns = on === null ? null : seconds * 1_000_000_000n + on.ns(BigInt(view.getUint32(at + 4, little)));
  const bytes = bytesOf(view, at + recordHeadBytes, captured);
  const frame = { on, ns, bytes, size: view.getUint32(at + 12, little) };
  return { length, section, frame, options: [], tailAt: length };
}

const bytesOf = (view: DataView, at: number, length: number) =>
  new Uint8Array(view.buffer, view.byteOffset + at, length);
