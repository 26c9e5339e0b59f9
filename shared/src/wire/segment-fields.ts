/**
 * What a record of a `segment` has between the common header and the data (`layout.ts`). Little endian.
 *
 *     0  u16  bytes from here to the data, these two not counted
 *     2  u8   flags: 1 = a TCP header, 2 = a source, 4 = a destination, 8 = from the client, 16 = from the server, 32 = a note
 *     3  u32  stream, 0 = none
 *     7       protocol, then what the flags say, in their order: [u32 sequence, u32 acknowledgement, u16 window, u8 flags],
 *             [u16 port, host] twice, note; a text is [u16 length, UTF-8]
 *
 * Hand-laid, since a capture is made of nothing else.
 */
import type { Address } from '../events/address.ts';
import type { EventOf, TcpHeader } from '../events/event.ts';
import { decodeUtf8Strictly } from '../payload/utf8.ts';
import { longestHost, longestUtf8PerUnit } from './layout.ts';

export type SegmentFields = Omit<
  EventOf<'segment'>,
  'seq' | 'time' | 'socket' | 'type' | 'size' | 'data' | 'captured'
>;

const hasTcp = 1;
const hasSource = 2;
const hasDestination = 4;
const fromClient = 8;
const fromServer = 16;
const hasNote = 32;

const lengthBytes = 2;
const tcpBytes = 11;
const fixedBytes = lengthBytes + 5;
const mostAscii = 64;

const encoder = new TextEncoder();

const textRoom = (text: string) => lengthBytes + longestUtf8PerUnit * text.length;
const addressRoom = (address: Address | null) => (address === null ? 0 : 2 + textRoom(address.host));

/** Enough room for the fields, in bytes. */
export function segmentRoom({ protocol, source, destination, note = '' }: SegmentFields): number {
  return (
    fixedBytes +
    tcpBytes +
    textRoom(protocol) +
    addressRoom(source) +
    addressRoom(destination) +
    textRoom(note)
  );
}

/** Writes the fields; returns where the data begin. */
export function writeSegment(fields: SegmentFields, into: Uint8Array, view: DataView, at: number): number {
  const { protocol, source, destination, stream, tcp, note } = fields;
  view.setUint8(at + lengthBytes, flagsOf(fields));
  view.setUint32(at + lengthBytes + 1, stream ?? 0, true);
  let end = writeText(protocol, into, view, at + fixedBytes);
  if (tcp) end = writeTcp(tcp, view, end);
  for (const address of [source, destination]) {
    if (address === null) continue;
    view.setUint16(end, address.port, true);
    end = writeText(address.host.slice(0, longestHost), into, view, end + 2);
  }
  if (note !== undefined) end = writeText(note, into, view, end);
  view.setUint16(at, end - at - lengthBytes, true);
  return end;
}

function flagsOf({ source, destination, from, tcp, note }: SegmentFields): number {
  return (
    (tcp ? hasTcp : 0) |
    (source ? hasSource : 0) |
    (destination ? hasDestination : 0) |
    (from === 'client' ? fromClient : 0) |
    (from === 'server' ? fromServer : 0) |
    (note === undefined ? 0 : hasNote)
  );
}

function writeText(text: string, into: Uint8Array, view: DataView, at: number): number {
  const { written } = encoder.encodeInto(text, into.subarray(at + lengthBytes));
  view.setUint16(at, written, true);
  return at + lengthBytes + written;
}

function writeTcp(
  { sequence, acknowledgement, window, flags }: TcpHeader,
  view: DataView,
  at: number,
): number {
  view.setUint32(at, sequence, true);
  view.setUint32(at + 4, acknowledgement, true);
  view.setUint16(at + 8, window, true);
  view.setUint8(at + 10, flags);
  return at + tcpBytes;
}

/** Where the data of a segment begin whose fields begin at `at`; past `end` when there is no room for what it says. */
export function segmentDataStart(view: DataView, at: number, end: number): number {
  return at + lengthBytes > end ? Infinity : at + lengthBytes + view.getUint16(at, true);
}

/** The fields between `at` and `end` (where the data begin), or null when they are none. */
export function readSegment(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
): SegmentFields | null {
  if (at + fixedBytes > end) return null;
  const flags = view.getUint8(at + lengthBytes);
  const stream = view.getUint32(at + lengthBytes + 1, true);
  const reader = new FieldReader(bytes, view, at + fixedBytes, end);
  const protocol = reader.text();
  const tcp = flags & hasTcp ? reader.tcp() : null;
  const source = flags & hasSource ? reader.address() : null;
  const destination = flags & hasDestination ? reader.address() : null;
  const note = flags & hasNote ? reader.text() : null;
  const from = flags & fromClient ? 'client' : flags & fromServer ? 'server' : null;
  if (!reader.isSound || protocol === '' || note === '') return null;
  return {
    protocol,
    source,
    destination,
    stream: stream === 0 ? null : stream,
    from,
    ...(tcp && { tcp }),
    ...(note !== null && { note }),
  };
}

/** Reads one field behind the other. What has no room or is no UTF-8 makes all of it unsound. */
class FieldReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #at: number;
  #failed = false;

  constructor(bytes: Uint8Array, view: DataView, at: number, end: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.#at = at;
    this.#end = end;
  }

  /** Everything was there, and nothing is left. */
  get isSound(): boolean {
    return !this.#failed && this.#at === this.#end;
  }

  text(): string {
    const lengthAt = this.#take(lengthBytes);
    const length = lengthAt === null ? 0 : this.#view.getUint16(lengthAt, true);
    const at = this.#take(length);
    if (at === null) return '';
    const bytes = this.#bytes.subarray(at, at + length);
    // Nearly every text is short and plain, and the decoder takes its time.
    if (length <= mostAscii && bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
    const text = decodeUtf8Strictly(bytes);
    this.#failed ||= text === null;
    return text ?? '';
  }

  address(): Address | null {
    const at = this.#take(2);
    return at === null ? null : { port: this.#view.getUint16(at, true), host: this.text() };
  }

  tcp(): TcpHeader | null {
    const at = this.#take(tcpBytes);
    if (at === null) return null;
    return {
      sequence: this.#view.getUint32(at, true),
      acknowledgement: this.#view.getUint32(at + 4, true),
      window: this.#view.getUint16(at + 8, true),
      flags: this.#view.getUint8(at + 10),
    };
  }

  #take(length: number): number | null {
    const at = this.#at;
    this.#failed ||= at + length > this.#end;
    if (this.#failed) return null;
    this.#at += length;
    return at;
  }
}
