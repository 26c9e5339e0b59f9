import { sendQueueBytes, sessionLimits } from '@socket-playground/shared/limits.ts';

const kibi = 1024;
const mebi = 1024 * kibi;

/** The caps of the agent; what one file alone needs stands in it. What exceeds one is refused or dropped out loud, never silently. */
export const limits = {
  /** Records kept in memory. */
  journalBytes: 256 * mebi,
  journalEvents: 2_000_000,
  /** Records live in blocks of this size, or of one larger record, or smaller while a disk refuses; the oldest goes as a whole. */
  blockBytes: sessionLimits.blockBytes,
  /** Files of a session, unless `--keep` leaves room for less. */
  segmentBytes: 64 * mebi,
  /** Bytes that may wait for a slow disk before storing is given up for a while. */
  storeBacklogBytes: 256 * mebi,
  storeRetryMs: 1_000,
  storeStallMs: 5_000,
  /** How often the folder of sessions is looked at for what is too old. */
  keepCheckMs: 600_000,
  /** Kept sessions that stay open for whoever asks next, and how long. */
  idleSessions: 4,
  idleSessionMs: 30_000,

  /** One search looks through so many bytes of records, or finds so many events, before it answers. */
  searchBytes: 64 * mebi,
  searchEvents: 10_000,
  /** How long a search looks before everybody else has their turn, ms. */
  searchTurnMs: 8,
  /** Payload bytes that travel to a page by themselves; the rest is fetched by `seq`. */
  livePayloadBytes: 256,
  /** What a page gets in one message: it takes that in before it does anything else. */
  batchBytes: mebi,
  batchEvents: 8_192,
  flushMs: 8,
  /** In a flood a page gets about 25 batches a second; the two rates below say what counts as a flood (`outbox.ts`). */
  floodFlushMs: 40,
  floodBytesPerMs: 1_600,
  floodEventsPerMs: 16,
  pages: 64,
  helloMs: 2_000,
  /** Of a link that has not shown its token yet, no more than this is read as JSON. */
  helloBytes: 4 * kibi,
  /** Links whose hello has not come yet. */
  silentLinks: 64,
  /** Commands of one page that are not answered yet. */
  pageCommands: 256,
  /** Searches of one page that wait for their turn, and looks into the kernel. */
  pageSearches: 256,
  pageLooks: 256,
  /** Bytes that may wait in the agent for one page: past it nothing more is read from it, and no batch is added. */
  linkQueueBytes: mebi,
  /** One message in tiny pieces costs more than its bytes: how many pieces it may have. */
  messageFragments: 1_024,
  messageChunks: 16_384,
  /** The most credit a page can pile up. */
  creditBytes: 64 * mebi,

  requestBytes: mebi,
  headersMs: 5_000,
  requestMs: 10_000,
  connectionsCheckMs: 1_000,
  /** Requests of one connection that are not answered yet. */
  pipelinedRequests: 64,
  /** Connections to the agent's own port. */
  connections: 4_096,
  /** Events are written to readers of /api/events in pieces of this size; a reader that does not read costs one piece. */
  eventPieceBytes: 64 * kibi,
  followers: 64,
  /** How long a connection to the agent's own port may take to close once it was told to. */
  goodbyeMs: 500,
  keepAliveMs: 30_000,

  sockets: 65_536,
  /** Descriptors that accepting leaves free: for commands, pages, files, and what the resolver's four threads open. */
  spareDescriptors: 12,
  descriptorLookMs: 100,
  /** With fewer left the agent's own port answers 503, and warns at most so often. */
  lastDescriptors: 4,
  descriptorWarnMs: 10_000,
  readBytes: 64 * kibi,
  /** Bytes that may wait in the agent for one slow peer. */
  sendQueueBytes,
  /** Datagrams that may wait so: an empty one has no bytes, and takes its place in memory all the same. */
  sendQueueDatagrams: 65_536,
  /** The same for a member of a room: past it the member is disconnected. */
  roomQueueBytes: mebi,
  /** Writes that wait in the journal's own memory, each with a block of it: of what waits beside them copies are made. */
  lentWrites: 64,
  /** What a behaviour may keep for one socket. */
  behaviourBytes: 16 * mebi,
  /** The same of all sockets, with what their behaviours said to slow peers and the kernel has not taken. */
  allBehavioursBytes: 512 * mebi,
  udpReceiveBytes: 4 * mebi,
  /** Options of a datagram socket that wait for it to be bound. */
  earlyOptions: 64,
  /** The kernel's table of TCP sockets is read at most so often, however many look at it. */
  kernelSampleMs: 200,
  /** Closed connections that are still looked up in it, and for how long: TIME_WAIT takes a minute, and FIN_WAIT2 another before it. */
  closedRemembered: 1_024,
  closedRememberedMs: 130_000,
  /** Answers in a row to a peer that this socket called itself, before it counts as a loop. */
  loopAnswers: 1_000,
  /** Peers called by hand that are watched for loops, for each datagram socket. */
  calledPeers: 4_096,

  newTargets: 1_024,
  newTargetsSeconds: 10,
  /** How long `close` waits for a peer to take what is queued. */
  lingerMs: 750,
  shutdownMs: 1_500,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };
