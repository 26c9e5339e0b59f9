const kibi = 1024;
const mebi = 1024 * kibi;

/** Bytes that may wait in the agent for one slow peer: the agent keeps this cap, the page shows how full it is. */
export const sendQueueBytes = 64 * mebi;

/** What a session file may ask of its reader. */
export const sessionLimits = {
  /** A block is no larger, unless it is one large record. */
  blockBytes: mebi,
  /** The largest record: one write that fills a send queue, and its header. */
  recordBytes: sendQueueBytes + 4_096,
  /** What an event says in JSON, beside its bytes: a name with every address that one answer of DNS holds is less (RFC 1035 §4.2.2). */
  fieldsBytes: 256 * kibi,
  /** The head of a segment names every open socket. */
  headBytes: 64 * mebi,
} as const;

/** What a program made from events may come to. */
export const codeLimits = {
  /** Events that one program tells of, over all its sockets; the rest is counted in a comment. */
  events: 400,
  /** Clients of a server that are told of one by one. */
  clients: 24,
  /** A payload up to this size is written out; of a longer one the first bytes are, unless it repeats itself. */
  literalBytes: 4_096,
  /** Whole payloads are asked for up to this size, to see whether they repeat themselves, and so many of them. */
  wholeBytes: mebi,
  wholePayloads: 32,
  /** What came is quoted in a comment up to this size. */
  quotedBytes: 40,
  /** Characters of a label or a name that are put into a comment. */
  commentCharacters: 100,
} as const;

/** What one filter may ask. */
export const filterLimits = {
  /** Characters of its text. */
  characters: 4_096,
  /** Brackets within brackets, of the filter and of a pattern. */
  depth: 64,
  /** The largest number in `{n,m}` of a pattern, and the steps that all its repeats come to. */
  patternRepeats: 255,
  patternSteps: 2_000,
  /** States that a pattern remembers: some 1 KiB each. */
  patternStates: 500,
  /** Bytes, and new states, that a pattern goes through before others have their turn: some milliseconds. */
  patternTurnBytes: 65_536,
  patternTurnStates: 64,
  /** Things wrong that are put right at once. */
  fixes: 16,
  /** What completion offers at once. */
  completions: 12,
} as const;

/** What redaction may ask of the machine. */
export const redactLimits = {
  /** Texts and patterns at once, bytes of each text, and steps of each pattern. */
  patterns: 32,
  patternBytes: 1_024,
  patternSteps: 400,
  /** Places that are remembered, some 16 bytes each; with more, nothing is exported. */
  places: 4_000_000,
  /** Directions of conversations that are looked through at once, some 2 KB each; with more, nothing is exported. */
  flows: 50_000,
  /** Captured bytes and packets of one direction that wait for an earlier one; then what is missing is taken for lost. */
  waitingBytes: 4 * mebi,
  waitingPieces: 4_096,
} as const;
