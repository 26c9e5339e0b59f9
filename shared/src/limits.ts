const mebi = 1024 * 1024;

/** Bytes that may wait in the agent for one slow peer: the agent keeps this cap, the page shows how full it is. */
export const sendQueueBytes = 64 * mebi;

/** What a session file may ask of its reader. */
export const sessionLimits = {
  /** A block is no larger, unless it is one large record. */
  blockBytes: mebi,
  /** The largest record: one write that fills a send queue, and its header. */
  recordBytes: sendQueueBytes + 4_096,
  /** The head of a segment names every open socket. */
  headBytes: 64 * mebi,
} as const;
