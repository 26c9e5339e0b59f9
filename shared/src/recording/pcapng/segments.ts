/** Packets of somebody else's capture → `segment` events, numbered and placed in their conversations. */
import type { EventOf } from '../../events/event.ts';
import { Conversations } from './conversations.ts';
import { dissect } from './dissected.ts';
import type { Frame } from './frames.ts';

const nsPerMs = 1_000_000n;
const latestMs = 8_640_000_000_000_000n;

/** The millisecond that a time since 1970 is in, in nanoseconds; 0 for what is no date. */
const startOf = (ns: bigint): bigint => {
  const ms = ns / nsPerMs;
  return ms < 0n || ms > latestMs ? 0n : ms * nsPerMs;
};

export const isoOf = (ns: bigint): string => new Date(Number(startOf(ns) / nsPerMs)).toISOString();

export interface Captured {
  readonly event: EventOf<'segment'>;
  /** Where its TCP or UDP header begins in the packet. */
  readonly transportAt: number | null;
}

export class Segments {
  #startNs: bigint | null;
  readonly #conversations = new Conversations();

  /** `startNs`: when the first packet was captured, where that is known already. */
  constructor(startNs: bigint | null = null) {
    this.#startNs = startNs;
  }

  /** Null before the first packet. */
  get startNs(): bigint | null {
    return this.#startNs;
  }

  take({ on, bytes, size, ns }: Frame, seq: number): Captured {
    const startNs = (this.#startNs ??= startOf(ns ?? 0n));
    const { transportAt, ...dissected } = dissect(bytes, size, on?.linkType ?? -1);
    const cut = dissected.data.length < dissected.size ? { captured: dissected.data.length } : {};
    const event: EventOf<'segment'> = {
      seq,
      time: Math.max(0, Number((ns ?? startNs) - startNs)),
      socket: null,
      type: 'segment',
      ...dissected,
      ...this.#conversations.place(dissected),
      ...cut,
    };
    return { event, transportAt };
  }
}
