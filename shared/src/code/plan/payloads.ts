/** Whole payloads, where somebody has fetched them, and which ones should be. */
import type { Transfer } from '../../events/event.ts';
import { concat } from '../../payload/concat.ts';
import { codeLimits } from '../../limits.ts';
import type { Data } from '../plan.ts';

/** All bytes of one event; undefined while nobody has asked, null where nobody knows. */
export type WholePayload = (seq: number) => Uint8Array | null | undefined;

export class Payloads {
  readonly #whole: WholePayload;
  readonly #wanted: number[] = [];

  constructor(whole: WholePayload) {
    this.#whole = whole;
  }

  /** Events whose payload would make the program better. */
  get wanted(): readonly number[] {
    return this.#wanted;
  }

  /** What is to be sent again: all of it, if that can be had. */
  sent(event: Transfer): Data {
    const { seq, size, data } = event;
    if (data.length === size) return { size, bytes: data };
    const whole = size > codeLimits.wholeBytes ? null : this.#whole(seq);
    if (whole === undefined && this.#wanted.length < codeLimits.wholePayloads) this.#wanted.push(seq);
    return { size, bytes: whole?.length === size ? whole : data };
  }

  /** What came, in one read or more: it is only quoted, and only when it is short. */
  received(reads: readonly Transfer[]): Data {
    const size = reads.reduce((sum, read) => sum + read.size, 0);
    const [first] = reads;
    const isShort = size <= codeLimits.quotedBytes;
    const parts = isShort ? reads.map(({ data }) => data) : first ? [first.data] : [];
    return { size, bytes: concat(parts) };
  }
}
