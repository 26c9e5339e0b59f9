/** The state of a socket: what its events so far come to. Derived by `reduce.ts`, never recorded. */
import * as z from 'zod/mini';
import { behaviourConfig } from '../behaviours/index.ts';
import { address, family, socketType } from './address.ts';

const count = z.int().check(z.minimum(0));
const socketId = z.int().check(z.minimum(1));

const failure = z.strictObject({
  during: z.string(),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});
export type Failure = z.infer<typeof failure>;

export const socketState = z.strictObject({
  socket: socketId,
  family,
  socketType,
  label: z.nullable(z.string()),
  /** The listener whose accept made it. */
  listener: z.nullable(socketId),
  role: z.enum(['none', 'listener', 'connection', 'datagram']),
  state: z.enum(['opened', 'bound', 'listening', 'connecting', 'connected', 'half-closed', 'closed']),
  local: z.nullable(address),
  remote: z.nullable(address),
  /** The last address it tried to connect to, also when that failed. */
  called: z.nullable(address),
  paused: z.boolean(),
  blocked: z.boolean(),
  /** Bytes that waited in the agent when it last became blocked, 0 when drained. */
  queued: count,
  backlog: z.nullable(count),
  /** Set on a listener whose connections wait until they are accepted one by one. */
  accept: z.optional(z.literal('manual')),
  behaviour: behaviourConfig,
  /** Which FINs have passed. */
  endedByLocal: z.boolean(),
  endedByRemote: z.boolean(),
  resetBy: z.nullable(z.enum(['local', 'remote'])),
  lastFailure: z.nullable(failure),
  bytesSent: count,
  bytesReceived: count,
  eventsSent: count,
  eventsReceived: count,
  /** Nanoseconds since the epoch began. */
  openedAt: z.number(),
  closedAt: z.nullable(z.number()),
});

export type SocketState = Readonly<z.infer<typeof socketState>>;
/** A state in a table whose owner changes it in place. */
export type OwnState = z.infer<typeof socketState>;
