/** What the HTTP API takes and answers, as schemas: they check what comes in and are the API document. */
import * as z from 'zod/mini';
import { behaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { command } from '@socket-playground/shared/commands/verbs.ts';
import { address, family, socketType } from '@socket-playground/shared/events/address.ts';
import { jsonEvent } from '@socket-playground/shared/events/event.ts';
import { redactLimits } from '@socket-playground/shared/limits.ts';
import { formatNames, formats } from '@socket-playground/shared/recording/export/formats.ts';
import { toldType } from '@socket-playground/shared/recording/told.ts';
import { sessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import { problemSchema } from '@socket-playground/shared/problem.ts';
import { expects } from '@socket-playground/shared/schema.ts';
import { gap } from '@socket-playground/shared/wire/messages.ts';

const count = z.int().check(z.minimum(0));

/** A decimal number as a URL carries it. */
const eventNumber = z.pipe(
  z
    .string(expects('an event number'))
    .check(z.regex(/^[1-9][0-9]{0,14}$/, expects('an event number from 1'))),
  z.transform(Number),
);

export const commandBody = command;
export const success = z.strictObject({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) });
export const refusal = z.strictObject({ ok: z.literal(false), problem: problemSchema });

/** One answer of a route, as the API document describes it. */
export const answer = <Schema extends z.core.$ZodType>(
  description: string,
  schema: Schema,
  contentType = 'application/json',
) => ({ description, content: { [contentType]: { schema } } });
/** What every route may answer beside its own. */
export const refused = {
  '4xx': answer('Refused: what was wrong, and what to try.', refusal),
  '5xx': answer('Not now: what the agent lacks, and what to try.', refusal),
};

export const socketSummary = z.strictObject({
  socket: z.int().check(z.minimum(1)),
  family,
  socketType,
  role: z.enum(['none', 'listener', 'connection', 'datagram']),
  state: z.enum(['opened', 'bound', 'listening', 'connecting', 'connected', 'half-closed']),
  paused: z.boolean(),
  blocked: z.boolean(),
  local: z.nullable(address),
  remote: z.nullable(address),
  behaviour: behaviourConfig,
  listener: z.nullable(z.int()),
  label: z.nullable(z.string()),
  bytesSent: count,
  bytesReceived: count,
  eventsSent: count,
  eventsReceived: count,
});
export type SocketSummary = z.infer<typeof socketSummary>;
export const socketList = z.strictObject({ sockets: z.array(socketSummary) });

export const eventsQuery = z.strictObject(
  { from: z.optional(eventNumber), follow: z.optional(z.enum(['0', '1'], expects('0 or 1'))) },
  expects('"from" and "follow", nothing else'),
);
export const sessionList = z.strictObject({ sessions: z.array(sessionInfo) });
const sessionId = z.string(expects('the id of a session, or "current"')).check(z.maxLength(128));
export const sessionPath = z.strictObject({ id: sessionId });
export const sessionEventPath = z.strictObject({ id: sessionId, seq: eventNumber });
const { patterns } = redactLimits;
const longestHidden = 4 * redactLimits.patternBytes;
const hiddenWords = expects(`text to hide, 1 to ${longestHidden} characters, up to ${patterns} times`);
/** Text with the escapes of the composer, so that any byte can be asked for. */
const hidden = z
  .string(hiddenWords)
  .check(z.minLength(1, hiddenWords), z.maxLength(longestHidden, hiddenWords));
export const sessionQuery = z.strictObject(
  {
    format: z.optional(z.enum(formatNames, expects(formatNames.join(', ')))),
    redact: z.optional(z.enum(['0', '1'], expects('0 or 1'))),
    hide: z.optional(z.union([hidden, z.array(hidden).check(z.maxLength(patterns))], hiddenWords)),
    progress: z.optional(z.enum(['0', '1'], expects('0 or 1'))),
  },
  expects('"format", "redact", "hide" and "progress", nothing else'),
);
export type SessionQuery = z.infer<typeof sessionQuery>;
export const eventLine = z.union([jsonEvent, gap]);
export const eventPath = z.strictObject({ seq: eventNumber });
export const eventBytes = z.custom<Buffer>((value) => Buffer.isBuffer(value));
/** A session comes as one of several types, by what the query asks for. */
export const sessionFile = {
  description: 'The session.',
  content: Object.fromEntries(
    [...Object.values(formats).map(({ mediaType }) => mediaType), toldType].map((type) => [
      type,
      { schema: eventBytes },
    ]),
  ),
};
export const apiDocument = z.record(z.string(), z.unknown());
export const health = z.strictObject({ ok: z.literal(true) });
