/**
 * A dissector says what the bytes of one payload mean. It is pure, never throws, and works within `dissectLimits`.
 * It is asked twice: how sure it is that a payload is its own, and what it reads there.
 */
import type { SocketType } from '../events/address.ts';

/** One chunk of a stream, or one datagram. A chunk may begin or end in the middle of a message. */
export interface Input {
  /** From the first byte on; of a long payload maybe only the first ones. */
  readonly bytes: Uint8Array;
  /** How long the payload is. */
  readonly size: number;
  readonly transport: SocketType;
  /** Ports; null when they are not known. */
  readonly source: number | null;
  readonly destination: number | null;
  /** Id of the protocol that an earlier message of this connection changed to (RFC 9110 §7.8). */
  readonly upgraded?: string | null;
}

/** A range of bytes with a meaning; the fields it is made of lie inside it, in order. */
export interface Field {
  readonly name: string;
  /** Safe to show: nothing in it can act on what shows it. Maybe empty. */
  readonly value: string;
  readonly from: number;
  /** Behind the last byte. */
  readonly to: number;
  readonly fields: readonly Field[];
}

export interface Dissection {
  /** For the Protocol column. */
  readonly protocol: string;
  /** One line, for the Info column. */
  readonly info: string;
  readonly fields: readonly Field[];
  /** What was not read, and why; null when all was. */
  readonly note: string | null;
}

export interface Dissector {
  /** What a filter's `proto` compares with. */
  readonly id: string;
  readonly name: string;
  /**
   * What it gives to a row of the log: protocol and info, only the protocol, or nothing,
   * because the text of such a payload already says it best.
   */
  readonly row: 'info' | 'protocol' | 'nothing';
  /** From 0 to 1, see `confidence`. Asked for each row that is painted: the first bytes decide. */
  confidence(input: Input): number;
  /** What can be read, also of bytes that are something else: then little or nothing. */
  dissect(input: Input): Dissection;
}

/** How sure a dissector is. From `possible` on a payload counts as its own, unless another is surer. */
export const confidence = {
  /** A long signature fits, or another message of the connection said so. */
  sure: 0.95,
  /** Every part that can be checked fits. */
  likely: 0.7,
  possible: 0.4,
  /** It would fit, and so would much else. */
  unlikely: 0.1,
  none: 0,
} as const;
