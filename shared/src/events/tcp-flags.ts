/** The flags of a TCP header as bits (RFC 9293 §3.1). */
export const tcpFlags = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32, ECE: 64, CWR: 128 } as const;

/** Their names, in the order of the bits: `SYN`, `ACK`. */
export function tcpFlagNames(flags: number): readonly string[] {
  return Object.entries(tcpFlags).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name]));
}
