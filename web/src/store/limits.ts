import { sendQueueBytes } from '@socket-playground/shared/limits.ts';

/** The caps of the page; what one folder or view alone needs stands there, in a table of its own. */
export const limits = {
  /** Rows the log keeps; the oldest go first, counted in a gap row. */
  rows: 1_200_000,
  /** Bytes those rows may hold beside their columns: first bytes of payloads, and the few events kept as objects. */
  payloadBytes: 256 * 1024 * 1024,
  /** Bytes of one payload that a row keeps; the agent sends no more by itself. */
  prefixBytes: 256,
  /** What an event that is kept as an object counts for, in bytes. */
  objectBytes: 256,
  /** Rows that are the other end of one transfer; with more, none is shown. */
  otherEndEvents: 4_000,
  /** With more new rows a second than this nobody reads each, nor sees the same twice: the page then spares itself work (`pacing.ts`). */
  crowdedRate: 1_000,
  burstMs: 250,
  /** While it is crowded, the page rests as long as it painted at this many rows a second, four times that at twice as many. */
  restRate: 30_000,
  longestRestMs: 120,
  /** While it is crowded, what counts and quotes traffic is brought up to date for about a hundredth of the time, between so often, ms. */
  settleRests: 100,
  settleMs: 250,
  longestSettleMs: 1_000,
  /** Texts of which a sketch of the log knows how wide they are. */
  measuredTexts: 2_000,
  /** Closed sockets that stay in the rack. */
  closedSockets: 200,
  /** Bytes of batches the agent may have under way to this page. */
  creditBytes: 2 * 1024 * 1024,
  /** The same for a recording, which is read beside what is done with it: it comes in parts that each take a fraction of a frame. */
  recordingCreditBytes: 256 * 1024,
  /** How long new rows gather before they are searched for bytes behind their first ones, ms. */
  deepPauseMs: 500,
  /** How long the page waits before it looks into the kernel again, while something shows it; and while nobody answers, ms. */
  kernelPauseMs: 250,
  kernelRetryMs: 1_000,
  /** Recordings that are open beside the live playground. */
  recordings: 4,
  /** How much time is seen in timeline and graph: at first, at least and at most, ns. */
  windowNs: 20e9,
  narrowestWindowNs: 1e3,
  widestWindowNs: 7 * 24 * 3_600e9,
  /** Events of a connection that are searched for a change of protocol, and connections of which that is remembered. */
  handshakeEvents: 16,
  handshakes: 4_000,
  /** Rows that can be marked. */
  marks: 1_000,
  /** Filters that are kept under a name, and snippets as many; characters of a name, and of a snippet. */
  saved: 40,
  nameCharacters: 60,
  snippetCharacters: 8_192,
  /** Sockets of which what is being written is remembered. */
  sheets: 200,
  /** Bytes that one request to send holds: in base64 they are less than the agent takes at once. */
  sendPieceBytes: 512 * 1024,
  /** A file that is sent: more could not wait in the agent for a peer that does not read. */
  fileBytes: sendQueueBytes,
  /** How often something is sent again, ms. */
  repeatLeastMs: 10,
  repeatMostMs: 24 * 3_600_000,
  /** Toasts on screen at once. */
  toasts: 4,
} as const;
