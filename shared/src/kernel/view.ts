/**
 * What the kernel's own table says of TCP sockets (proc(5), tcp(7)). It is sampled: a state that came and went between
 * two looks was never seen. Nothing here is an event, and nothing is recorded.
 */
import * as z from 'zod/mini';

const count = z.int().check(z.minimum(0));
const socketId = z.int().check(z.minimum(1));

/** The states of a connection, in the kernel's own words (RFC 9293 §3.3.2). */
export const connectionStates = [
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'CLOSING',
  'TIME_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'CLOSE',
] as const;
export type ConnectionState = (typeof connectionStates)[number];
export type TcpState = ConnectionState | 'LISTEN';

/** What happens when a timer runs out. `forget`: the kernel lets go of what is left of the connection. */
const timerKinds = ['retransmit', 'keep-alive', 'probe', 'forget'] as const;

const listening = z.strictObject({
  socket: socketId,
  state: z.literal('LISTEN'),
  /** Connections that are established and not accepted yet. */
  waiting: count,
  /** How many may wait: the backlog and one more, within what the system allows (somaxconn). */
  room: count,
});

const connection = z.strictObject({
  socket: socketId,
  state: z.enum(connectionStates),
  /** Bytes the peer has not acknowledged, sent or not. */
  sendQueue: count,
  /** Bytes that were not read yet. */
  receiveQueue: count,
  timer: z.nullable(z.strictObject({ kind: z.enum(timerKinds), seconds: z.number() })),
});

export const kernelSocket = z.discriminatedUnion('state', [listening, connection]);
export type KernelSocket = z.infer<typeof kernelSocket>;
export type KernelTimer = NonNullable<z.infer<typeof connection>['timer']>;

/** Why there is nothing to see: this system does not show its table; sockets of a recording are in no table any more. */
const blindReason = z.enum(['system', 'recording']);

export const kernelView = z.discriminatedUnion('available', [
  z.strictObject({
    available: z.literal(true),
    /** When the table was read, nanoseconds since the epoch. */
    time: z.number(),
    /** Open sockets and lately closed ones; one that is in no table (new, bound, reset, forgotten) is not here. */
    sockets: z.array(kernelSocket),
  }),
  z.strictObject({ available: z.literal(false), reason: blindReason }),
]);
export type KernelView = z.infer<typeof kernelView>;
