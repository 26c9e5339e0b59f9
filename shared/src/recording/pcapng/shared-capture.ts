/**
 * Somebody else's capture as a pcapng to hand on: packets as they were captured, or with everything hidden that a redactor
 * knows of, their checksums right all the same. Blocks that may hold anything (keys, logs, what is not known here) stay
 * behind when something is to be hidden.
 */
import { concat } from '../../payload/concat.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { ReadAt } from '../parts.ts';
import { blockTypes, interfaceBlock, optionCodes, packetBlock, sectionBlock } from './blocks.ts';
import { readBlock } from './frames.ts';
import type { Frame, Read } from './frames.ts';
import { pcapngLimits } from './limits.ts';
import { pcapHeadBytes, pcapSection } from './section.ts';
import type { Section } from './section.ts';
import { Segments } from './segments.ts';

type Piece = Uint8Array<ArrayBuffer>;

const { windowBytes } = pcapngLimits;
const kept: ReadonlySet<number> = new Set(Object.values(blockTypes));

/** Options of any block that hold words: comments, and what a vendor or the writer alone knows (draft-ietf-opsawg-pcapng §3.5.1). */
const custom = [2988, 2989, 19372, 19373];
const firstLocal = 0x8000;
/** Those of a section (hardware, system, application; §4.1) and of an interface (name, description, filter, system, hardware; §4.2). */
const worded: ReadonlyMap<number, readonly number[]> = new Map([
  [blockTypes.section, [2, 3, 4]],
  [blockTypes.interface, [2, 3, 11, 12, 15]],
]);

const hasWords = (type: number, code: number): boolean =>
  code === optionCodes.comment ||
  code >= firstLocal ||
  custom.includes(code) ||
  worded.get(type)?.includes(code) === true;

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
    for (const { code, value } of [...block.options, ...block.about])
      if (hasWords(type, code)) this.#hideText(value);
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
    if (hidden === event || hidden.type !== 'segment') return;
    if (transportAt !== null) {
      const isUdp = event.tcp === undefined;
      mend(frame.bytes, transportAt + (isUdp ? 6 : 16), event.data, hidden.data, isUdp);
    }
    event.data.set(hidden.data);
  }

  #hideText(value: Uint8Array): void {
    if (this.#redactor !== null) value.set(this.#redactor.hide(value));
  }
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
