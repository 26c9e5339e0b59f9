/** Where captured TCP segments stand in their stream: sequence numbers (RFC 9293 §3.4) without their coming round. */
import { tcpFlags } from '../events/tcp-flags.ts';

const modulus = 2 ** 32;

/** One direction of one captured connection. */
export class Sequence {
  /** The number that `#offset` stands for; null before the first segment. */
  #number: number | null = null;
  /** Of the furthest byte so far. What came before the first segment that was captured is negative. */
  #offset = 0;

  /** Bytes from the first one that was captured to the payload of a segment; negative for what came late. */
  place({ sequence, flags }: { readonly sequence: number; readonly flags: number }, size: number): number {
    // SYN has a number of its own, in front of the payload.
    const first = flags & tcpFlags.SYN ? (sequence + 1) % modulus : sequence;
    this.#number ??= first;
    const at = this.#offset + ((first - this.#number) | 0);
    if (at + size > this.#offset) {
      this.#number = (first + size) % modulus;
      this.#offset = at + size;
    }
    return at;
  }
}
