/** Caps of what is shown of one stream. */
export const viewLimits = {
  /** Bytes of both directions that are laid out; the older half goes first. */
  bytes: 8 * 1024 * 1024,
  /** Writes and reads, the same. */
  chunks: 20_000,
  /** Connections of one server that are shown together: the newest. */
  connections: 50,
  /** A payload up to this size is fetched whole by itself; a longer one when it is asked for, or saved. */
  fetchedBytes: 1024 * 1024,
  /** Payloads that are asked for at the same time. */
  fetchedAtOnce: 4,
  /** What came is shown so often at the most. */
  filledMs: 250,
  /** Places where a search finds something. */
  hits: 10_000,
  /** Bytes that are copied. */
  copiedBytes: 4 * 1024 * 1024,
  /** Writes or reads of one group that are drawn. */
  pieces: 24,
} as const;
