/** Every cap of the page, in one table. */
export const limits = {
  /** Rows the log keeps; the oldest go first, counted in a gap row. */
  rows: 200_000,
  /** Payload bytes those rows may hold (the first bytes of each). */
  payloadBytes: 48 * 1024 * 1024,
  /** Closed sockets that stay in the rack. */
  closedSockets: 200,
  /** Bytes of records the agent may have under way to this page. */
  creditBytes: 2 * 1024 * 1024,
  /** Toasts on screen at once. */
  toasts: 4,
} as const;
