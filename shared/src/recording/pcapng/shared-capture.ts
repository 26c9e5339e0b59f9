/**
 * Somebody else's capture as a pcapng to hand on: packets as they were captured, or with everything hidden that a redactor
 * knows of, their checksums right all the same. Blocks that may hold anything (keys, logs, what is not known here) stay
 * behind when something is to be hidden.
 */
import { concat } from '../../payload/concat.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { ReadAt } from '../parts.ts';
import { blockTypes, interfaceBlock, packetBlock, padded, sectionBlock } from './blocks.ts';
import { readBlock } from './frames.ts';
import type { Frame, Read } from './frames.ts';
import { pcapngLimits } from './limits.ts';
import { pcapHeadBytes, pcapSection, readOptions } from './section.ts';
import type { Section } from './section.ts';
import { Segments } from './segments.ts';

type Piece = Uint8Array<ArrayBuffer>;

const { windowBytes } = pcapngLimits;
const kept: ReadonlySet<number> = new Set(Object.values(blockTypes));

const { interface: ofInterface, packet, statistics, enhancedPacket } = blockTypes;
/**
 * Options that hold numbers and addresses alone, and how many bytes those have (draft-ietf-opsawg-pcapng §4.2, §4.3, §4.6,
 * appendix A). Any other may hold words; a hash and a verdict are of any size.
 */
const plain: ReadonlyMap<number, ReadonlyMap<number, number>> = new Map([
  [ofInterface, sizes({ 4: 8, 5: 17, 6: 6, 7: 8, 8: 8, 9: 1, 10: 4, 13: 1, 14: 8, 16: 8, 17: 8 })],
  [packet, sizes({ 2: 4 })],
  [statistics, sizes({ 2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 7: 8, 8: 8 })],
  [enhancedPacket, sizes({ 2: 4, 4: 8, 5: 8, 6: 4 })],
]);

function sizes(byCode: Readonly<Record<number, number>>): ReadonlyMap<number, number> {
  return new Map(Object.entries(byCode).map(([code, bytes]) => [Number(code), bytes]));
}

/** `read` counts what was read up to a place, in bytes. Up to where the file cannot be read any more. */
export async function* sharedCapture(
  readAt: ReadAt,
  size: number,
  redactor: Redactor | null,
  read: (bytes: number) => void = () => undefined,
): AsyncGenerator<Piece> {
  const writing = new Writing(redactor);
  let window = await readAt(0, Math.min(windowBytes, size));
  let [at, base] = [0, 0];
  let section = pcapSection(viewOf(window));
  if (section !== null) {
    yield* writing.begin(section);
    at = pcapHeadBytes;
  }
  while (at < size) {
    const block = readBlock(viewOf(window), at - base, section);
    if (block === null) break;
    if (typeof block === 'number') {
      if (at + block > size) break;
      yield writing.take();
      read(at);
      base = at;
      window = await readAt(base, Math.min(Math.max(block, windowBytes), size - base));
      if (window.length < block) break;
      continue;
    }
    section = block.section;
    writing.block(block, window.subarray(at - base, at - base + block.length));
    at += block.length;
  }
  yield writing.take();
  read(size);
}

const viewOf = (bytes: Piece) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

class Writing {
  readonly #redactor: Redactor | null;
  readonly #segments = new Segments();
  #pieces: Uint8Array[] = [];
  #packets = 0;
  /** The file is a classic pcap: its packets get blocks of their own. */
  #isClassic = false;

  constructor(redactor: Redactor | null) {
    this.#redactor = redactor;
  }

  *begin({ interfaces: [only] }: Section): Generator<Piece> {
    this.#isClassic = true;
    yield sectionBlock([]);
    yield interfaceBlock(null, only?.linkType ?? 0, only?.snapBytes ?? 0);
  }

  /** `bytes` are its own, to be changed. */
  block(block: Read, bytes: Piece): void {
    const { frame } = block;
    if (frame !== null) this.#hide(frame);
    if (frame !== null && this.#isClassic)
      this.#pieces.push(packetBlock(frame.ns ?? 0n, frame.bytes, frame.size, []));
    if (this.#isClassic) return;
    const type = typeOf(bytes, block.section);
    if (this.#redactor !== null && !kept.has(type)) return;
    if (this.#redactor !== null) hideTail(block, bytes, type, this.#redactor);
    this.#pieces.push(bytes);
  }

  take(): Piece {
    const whole = concat(this.#pieces);
    this.#pieces = [];
    return whole;
  }

  #hide(frame: Frame): void {
    if (this.#redactor === null) return;
    this.#packets += 1;
    const { event, transportAt } = this.#segments.take(frame, this.#packets);
    const hidden = this.#redactor.redact(event);
    hideBehind(frame.bytes, event.data, this.#redactor);
    if (hidden === event || hidden.type !== 'segment') return;
    if (transportAt !== null) {
      const isUdp = event.tcp === undefined;
      mend(frame.bytes, transportAt + (isUdp ? 6 : 16), event.data, hidden.data, isUdp);
    }
    event.data.set(hidden.data);
  }
}

/**
 * Hides what a packet has behind its payload, a part of it: what fills a short one up, a checksum of the link, or anything.
 * What begins in the payload and goes on there is hidden there.
 */
function hideBehind(packet: Uint8Array, payload: Uint8Array, redactor: Redactor): void {
  const at = payload.byteOffset - packet.byteOffset;
  const end = at + payload.length;
  if (end < packet.length) packet.set(redactor.hide(packet.subarray(at)).subarray(payload.length), end);
}

/** Hides what options say, and leaves zeros where no option is: nobody reads that, but it may hold anything. */
function hideTail({ tailAt, section }: Read, bytes: Piece, type: number, redactor: Redactor): void {
  const end = bytes.length - 4;
  let at = padded(tailAt);
  bytes.fill(0, tailAt, at);
  for (const { code, value } of readOptions(viewOf(bytes), at, end, section.little)) {
    if (plain.get(type)?.get(code) !== value.length) value.set(redactor.hide(value));
    const valueEnd = at + 4 + value.length;
    at = padded(valueEnd);
    bytes.fill(0, valueEnd, at);
  }
  bytes.fill(0, at, end);
}

const typeOf = (bytes: Piece, { little }: Section) => viewOf(bytes).getUint32(0, little);

/** The checksum at `at` for data that replaces other data (RFC 1624 §3), which stands at an even place; 0 is none in UDP (RFC 768). */
function mend(packet: Uint8Array, at: number, before: Uint8Array, after: Uint8Array, isUdp: boolean): void {
  const checksum = ((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0);
  if ((isUdp && checksum === 0) || at + 2 > packet.length) return;
  let sum = ~checksum & 0xffff;
  for (let place = 0; place < before.length; place += 1) {
    const change = (after[place] ?? 0) - (before[place] ?? 0);
    if (change === 0) continue;
    // In ones' complement a negative number is what is missing to 0xffff.
    const word = place % 2 === 0 ? change * 256 : change;
    sum += word < 0 ? 0xffff + word : word;
    if (sum > 0xffff) sum -= 0xffff;
  }
  const mended = ~sum & 0xffff || (isUdp ? 0xffff : 0);
  packet[at] = mended >> 8;
  packet[at + 1] = mended & 0xff;
}
