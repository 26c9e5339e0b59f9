/** Caps of what is worked out from the traffic of sockets. */
export const streamLimits = {
  /** Datagrams of one flow that may be under way while they are joined; beyond it nothing is said of the older ones. */
  datagramsUnderWay: 8_192,
  /** A length prefix that says more than this is none: the framing is not the one of this stream. */
  messageBytes: 16 * 1024 * 1024,
  /** Messages that one direction is cut into; what follows is left in one piece. */
  messages: 100_000,
} as const;
