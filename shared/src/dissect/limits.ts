/** What one dissection may cost. */
export const dissectLimits = {
  /** Bytes that are looked at; the rest of a longer payload is only counted. */
  bytes: 64 * 1024,
  /** Fields of all depths; then reading stops and says so. */
  fields: 2_000,
  /** A field inside of a field inside of … */
  depth: 16,
  /** Characters of a value that are shown. */
  valueCharacters: 300,
  /** Bytes of a value that are shown in hex. */
  hexBytes: 32,
  /** Characters of one line for the log. */
  infoCharacters: 240,
  /** Pointers that one compressed name may follow (RFC 1035 §4.1.4): it has at most 127 labels. */
  nameJumps: 127,
} as const;
