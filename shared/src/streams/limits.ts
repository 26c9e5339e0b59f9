/** Caps of what is worked out from the traffic of sockets. */
export const streamLimits = {
  /** Datagrams of one flow that may be under way while they are joined; beyond it nothing is said of the older ones. */
  datagramsUnderWay: 8_192,
} as const;
