/** Blocks on their way into a file: comments wait for the packet they belong to, or for the next one. */
import { encodeUtf8 } from '../../payload/utf8.ts';
import { holderBlock, optionCodes, packetBlock } from './blocks.ts';
import type { Option } from './blocks.ts';
import { pcapngLimits } from './limits.ts';
import type { Packet } from './packets.ts';

const nsPerMs = 1_000_000n;
const mostNs = 2n ** 64n - 1n;

export class Paper {
  readonly #startedNs: bigint;
  #timeNs: bigint;
  #waiting: Option[] = [];
  #waitingBytes = 0;
  #blocks: Uint8Array<ArrayBuffer>[] = [];

  /** `started`: when the run began, ISO 8601. */
  constructor(started: string) {
    const ms = Date.parse(started);
    this.#startedNs = BigInt(Number.isNaN(ms) ? 0 : Math.max(0, ms)) * nsPerMs;
    this.#timeNs = this.#startedNs;
  }

  /** What follows happened then, in nanoseconds since the run began. */
  begin(time: number): void {
    const at = this.#startedNs + BigInt(Math.floor(time));
    this.#timeNs = at < mostNs ? at : mostNs;
  }

  /** A comment, with bytes that no packet carries. An `own` one belongs to the packet that follows at once. */
  note(text: string, data: Uint8Array = new Uint8Array(0), packet: 'own' | 'any' = 'any'): void {
    for (let at = 0; at < data.length; at += pcapngLimits.optionBytes) {
      this.#add({ code: optionCodes.data, value: data.slice(at, at + pcapngLimits.optionBytes) });
      if (this.#waitingBytes >= pcapngLimits.holderBytes) this.flush();
    }
    this.#comment(encodeUtf8(text));
    if (packet === 'own') return;
    const { waitingBytes, waitingComments } = pcapngLimits;
    if (this.#waitingBytes >= waitingBytes || this.#waiting.length >= waitingComments) this.flush();
  }

  /** Puts the packet behind what was written, with everything that waits for it. */
  packet({ bytes, size }: Packet, options: readonly Option[]): void {
    this.#blocks.push(packetBlock(this.#timeNs, bytes, size, [...this.#waiting, ...options]));
    this.#empty();
  }

  /** What waits gets a block without a packet. */
  flush(): void {
    if (this.#waiting.length > 0) this.#blocks.push(holderBlock(this.#timeNs, this.#waiting));
    this.#empty();
  }

  /** What was written since the last time. */
  take(): Uint8Array<ArrayBuffer>[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }

  /** A comment is no longer than an option: what is goes in pieces, and the last of them ends it. */
  #comment(text: Uint8Array): void {
    let at = 0;
    for (; text.length - at > pcapngLimits.optionBytes; at += pcapngLimits.optionBytes) {
      this.#add({ code: optionCodes.text, value: text.subarray(at, at + pcapngLimits.optionBytes) });
      if (this.#waitingBytes >= pcapngLimits.holderBytes) this.flush();
    }
    const last = text.subarray(at);
    this.#add({ code: at === 0 ? optionCodes.comment : optionCodes.textEnd, value: last });
  }

  #add(option: Option): void {
    this.#waiting.push(option);
    this.#waitingBytes += option.value.length;
  }

  #empty(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
