/**
 * What page and agent say to each other over `/ws`. Text frames are these JSON messages; binary frames are batches
 * of events (`packing.ts`). Private to page and agent: outside programs use HTTP.
 *
 *     page                                    agent
 *     hello {token, protocol, session?,       →        (within two seconds)
 *            epoch?, from?}                   ←  welcome {epoch, from, …}
 *     credit {bytes}                          →        (before any batch; again as batches are digested)
 *                                             ←  batches, and `gap` with `standing` where events are no longer kept
 *     command {id, command}                   →
 *                                             ←  reply {id, outcome}
 *     search {id, what, from, to, …}          →
 *                                             ←  found {id, seqs, next}, or refused {id, problem}
 *     forget {id}                             →        (nobody waits for what that search finds any more)
 *     kernel {id, sockets}                    →
 *                                             ←  seen {id, view}
 *
 * With `session` the link replays that kept session in place of the running one: nothing can be commanded there.
 * Commands run side by side: replies come in the order they finish, before or after the events they caused.
 * A link that cannot go on is closed with one of `closeCodes`, or with a standard code: 1001 the agent ends,
 * 1009 a message is too big.
 */
import * as z from 'zod/mini';
import { capabilities } from '../capability.ts';
import { socketState } from '../events/state.ts';
import { kernelView } from '../kernel/view.ts';
import { filterLimits } from '../limits.ts';
import { problemSchema } from '../problem.ts';

const position = z.int().check(z.minimum(1));
const requestId = z.int().check(z.minimum(1));

/**
 * Why events are missing: memory had to let go of them and there is no disk; the disk would not take them; the session
 * grew past what is kept (`--keep`) and its oldest part was removed; the file that was read does not have them, or not
 * so that they can be read.
 */
export const gapReason = z.enum(['memory-limit', 'disk', 'keep-limit', 'not-in-file']);
export type GapReason = z.infer<typeof gapReason>;

/** Events `from` to `to` (inclusive) are no longer kept. */
export const gap = z.strictObject({
  type: z.literal('gap'),
  from: position,
  to: position,
  reason: gapReason,
});
export type Gap = z.infer<typeof gap>;

/** Right behind a gap: the sockets that were open at its end, so that the page's table is whole again. */
const standing = z.strictObject({ type: z.literal('standing'), sockets: z.array(socketState) });

/**
 * The first message of a page. With the `epoch` it knows, `from` is the first event it does not have yet. `session` is
 * the id of a kept session; without it the running one is meant.
 */
export const hello = z.strictObject({
  type: z.literal('hello'),
  token: z.string().check(z.maxLength(256)),
  protocol: z.int(),
  session: z.optional(z.string().check(z.maxLength(128))),
  epoch: z.optional(z.string().check(z.maxLength(64))),
  from: z.optional(position),
});
export type Hello = z.infer<typeof hello>;

/** The page can take this many more bytes of batches. */
const credit = z.strictObject({
  type: z.literal('credit'),
  bytes: z.int().check(z.minimum(1), z.maximum(2 ** 30)),
});

/** The command itself is checked by its own schema, so that a bad one gets a reply and not a closed link. */
const commandMessage = z.strictObject({ type: z.literal('command'), id: requestId, command: z.unknown() });

const longestNeedle = 4_096;

/** What is looked for in whole payloads. */
const sought = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('bytes'),
    /** In base64. */
    bytes: z.base64().check(z.minLength(1), z.maxLength(longestNeedle)),
    /** ASCII letters match in either case. */
    anyCase: z.boolean(),
  }),
  /** With its slashes and flags: `/GET|POST/i`. */
  z.strictObject({
    is: z.literal('pattern'),
    words: z.string().check(z.minLength(1), z.maxLength(filterLimits.characters)),
  }),
]);

/** Asks which transfers of events `from` to `to` (inclusive) hold it, in their whole data. */
const search = z.strictObject({
  type: z.literal('search'),
  id: requestId,
  what: sought,
  /** Only transfers of more bytes than this: the page has looked through the others itself. */
  longerThan: z.int().check(z.minimum(0)),
  from: position,
  to: position,
});
export type Search = Omit<z.infer<typeof search>, 'type' | 'id'>;

const forget = z.strictObject({ type: z.literal('forget'), id: requestId });

/** Sockets that can be asked for at once: more than are on any screen. */
export const mostKernelSockets = 256;

/** Asks for the kernel's view of these sockets. A page asks again as long as it shows them. */
const kernel = z.strictObject({
  type: z.literal('kernel'),
  id: requestId,
  sockets: z.array(z.int().check(z.minimum(1))).check(z.maxLength(mostKernelSockets)),
});

export const pageMessage = z.discriminatedUnion('type', [
  hello,
  credit,
  commandMessage,
  search,
  forget,
  kernel,
]);
export type PageMessage = z.infer<typeof pageMessage>;

/**
 * What the page should know of the agent before it shows anything. `from` is the first event that will follow: where
 * this run's page stopped, else 1, with a gap for what is no longer kept.
 */
export const welcome = z.strictObject({
  type: z.literal('welcome'),
  protocol: z.int(),
  version: z.string(),
  epoch: z.string(),
  started: z.string(),
  from: position,
  /** The newest event there is now. */
  latest: z.int().check(z.minimum(0)),
  /** The id of the session this link shows: the running one's, null when it is kept in memory only. */
  session: z.nullable(z.string()),
  /** Bytes at the end of a replayed session that could not be read, because it was cut off while being written. */
  tornBytes: z.int().check(z.minimum(0)),
  /** This machine's addresses, offered in the Host field. */
  addresses: z.array(z.string()),
  hostname: z.string(),
  /** The system, as Node calls it: `linux`, `darwin`, `win32`. */
  platform: z.string(),
  expose: z.boolean(),
  /** What of it lessons can use here. */
  can: z.array(z.enum(capabilities)),
});
export type Welcome = z.infer<typeof welcome>;

/** What a command came to: the reply over the link and the body over HTTP. */
export const outcome = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) }),
  z.strictObject({ ok: z.literal(false), problem: problemSchema }),
]);
export type Outcome = z.infer<typeof outcome>;

const reply = z.strictObject({ type: z.literal('reply'), id: requestId, outcome });

/** Part of the answer to a search, in order; `next` is where the following search goes on, null when all was looked through. */
const found = z.strictObject({
  type: z.literal('found'),
  id: requestId,
  seqs: z.array(position),
  next: z.nullable(position),
});
export type Found = Pick<z.infer<typeof found>, 'seqs' | 'next'>;

/** There is no answer to a search: what it looks for cannot be looked for. */
const refused = z.strictObject({ type: z.literal('refused'), id: requestId, problem: problemSchema });

const seen = z.strictObject({ type: z.literal('seen'), id: requestId, view: kernelView });

export const agentMessage = z.discriminatedUnion('type', [
  welcome,
  reply,
  gap,
  standing,
  found,
  refused,
  seen,
]);
export type AgentMessage = z.infer<typeof agentMessage>;

/** The agent ends (RFC 6455 §7.4.1). */
export const goingAway = 1001;

/**
 * Close codes of `/ws` beyond the standard ones (RFC 6455 §7.4.2): a message of the wrong shape, form or order; no token
 * in time, or not the one of this run; no session of that id; another protocol; too many pages. The reason says it in words.
 */
export const closeCodes = {
  malformed: 4400,
  refused: 4401,
  noSession: 4404,
  version: 4406,
  tooMany: 4429,
} as const;
