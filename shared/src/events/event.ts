/**
 * Facts, in the past tense. The agent's journal is a sequence of these; everything anyone sees is derived from it.
 *
 * - `closed` is the last event of a socket and comes exactly once.
 * - `failed` and `ended` are about one call; a socket may live on after them.
 * - Bytes exist in two forms: `Uint8Array` inside (`SocketEvent`), base64 in JSON (`JsonEvent`). Both are one declaration.
 */
import * as z from 'zod/mini';
import { behaviourConfig } from '../behaviours/index.ts';
import { address, family, resolvedAddress, socketType } from './address.ts';
import { optionName, reportedValue } from './option.ts';

const count = z.int().check(z.minimum(0));
const socketId = z.int().check(z.minimum(1));
const side = z.enum(['local', 'remote']);

/** Why events are missing from a journal, or, with `kernel-buffer`, datagrams that the kernel let go of before we read them. */
const dropReason = z.enum(['kernel-buffer', 'memory-limit', 'disk']);

const header = {
  /** Position in the journal: 1, 2, 3 … without gaps within one agent run. */
  seq: z.int().check(z.minimum(1)),
  /** Nanoseconds since the epoch (this agent run) began, from the monotonic clock. */
  time: z.number().check(z.minimum(0)),
};

const lifeBodies = {
  opened: { family, socketType, label: z.nullable(z.string()), listener: z.optional(socketId) },
  'option-set': { option: optionName, value: reportedValue },
  resolved: { host: z.string(), addresses: z.array(resolvedAddress) },
  bound: { local: address },
  /** `accept` is there when connections wait in the kernel until they are accepted one by one. */
  listening: { local: address, backlog: count, accept: z.optional(z.literal('manual')) },
  connecting: { remote: address },
  connected: { local: address, remote: address },
  accepted: { listener: socketId, local: address, remote: address },
  blocked: { queued: count },
  drained: { queued: count },
  paused: {},
  resumed: {},
  ended: { by: side },
  reset: { by: side },
  closed: {},
  behaving: { behaviour: behaviourConfig },
  failed: {
    during: z.string(),
    code: z.string(),
    errno: z.nullable(z.int()),
    message: z.string(),
    hint: z.string(),
  },
  dropped: { count, reason: dropReason },
} as const;

/** `size` is what the kernel moved; `captured` is set when fewer bytes than that are here. */
const transferBody = <Data extends z.core.$ZodType>(data: Data) => ({
  size: count,
  data,
  captured: z.optional(count),
  remote: z.optional(address),
});

const unsigned16 = z.int().check(z.minimum(0), z.maximum(0xffff));
const unsigned32 = z.int().check(z.minimum(0), z.maximum(0xffff_ffff));
/** What a TCP header says (RFC 9293 §3.1), as it lay in the packet. */
const tcpHeader = z.strictObject({
  sequence: unsigned32,
  acknowledgement: unsigned32,
  /** The bits from CWR (128) to FIN (1). */
  flags: z.int().check(z.minimum(0), z.maximum(0xff)),
  window: unsigned16,
});
export type TcpHeader = z.infer<typeof tcpHeader>;

/**
 * A packet as another program captured it. It is read from that program's file: no agent makes one, and no socket of
 * ours has it.
 */
const segmentBody = <Data extends z.core.$ZodType>(data: Data) => ({
  /** `TCP`, `UDP`, or the name of what is not taken apart: `ICMP`, `ARP`. */
  protocol: z.string().check(z.minLength(1), z.maxLength(32)),
  /** Port 0 where the protocol has no ports; null where it has no such address. */
  source: z.nullable(address),
  destination: z.nullable(address),
  /** The number of its conversation in the file, from 1: both directions between two ends share it. Null: neither TCP nor UDP. */
  stream: z.nullable(unsigned32.check(z.minimum(1))),
  /** Which end of it the packet comes from. Who sent the SYN is the client; without one it is inferred. */
  from: z.nullable(z.enum(['client', 'server'])),
  tcp: z.optional(tcpHeader),
  /** Why it is not taken apart further. */
  note: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Bytes of payload on the wire, behind all headers that were taken apart. */
  size: count,
  data,
  captured: z.optional(count),
});

type LifeType = keyof typeof lifeBodies;
/** The types of events, in the order of a socket's life. Their positions are the wire's numbers: append only. */
export const eventTypes = [
  'opened',
  'option-set',
  'resolved',
  'bound',
  'listening',
  'connecting',
  'connected',
  'accepted',
  'sent',
  'received',
  'blocked',
  'drained',
  'paused',
  'resumed',
  'ended',
  'reset',
  'closed',
  'behaving',
  'failed',
  'dropped',
  'segment',
] as const satisfies readonly (LifeType | 'sent' | 'received' | 'segment')[];
export type EventType = (typeof eventTypes)[number];

const nullableSocket = z.nullable(socketId);

function eventUnion<Data extends z.core.$ZodType>(data: Data) {
  const transfer = transferBody(data);
  const event = <Type extends string, Body extends z.core.$ZodShape>(type: Type, body: Body) =>
    z.strictObject({ ...header, socket: socketId, type: z.literal(type), ...body });
  const loose = <Type extends string, Body extends z.core.$ZodShape>(type: Type, body: Body) =>
    z.strictObject({ ...header, socket: nullableSocket, type: z.literal(type), ...body });
  return z.discriminatedUnion('type', [
    event('opened', lifeBodies.opened),
    event('option-set', lifeBodies['option-set']),
    loose('resolved', lifeBodies.resolved),
    event('bound', lifeBodies.bound),
    event('listening', lifeBodies.listening),
    event('connecting', lifeBodies.connecting),
    event('connected', lifeBodies.connected),
    event('accepted', lifeBodies.accepted),
    event('sent', transfer),
    event('received', transfer),
    event('blocked', lifeBodies.blocked),
    event('drained', lifeBodies.drained),
    event('paused', lifeBodies.paused),
    event('resumed', lifeBodies.resumed),
    event('ended', lifeBodies.ended),
    event('reset', lifeBodies.reset),
    event('closed', lifeBodies.closed),
    event('behaving', lifeBodies.behaving),
    loose('failed', lifeBodies.failed),
    loose('dropped', lifeBodies.dropped),
    z.strictObject({ ...header, socket: z.null(), type: z.literal('segment'), ...segmentBody(data) }),
  ]);
}

/** An event as HTTP clients read it: `data` is base64. */
export const jsonEvent = eventUnion(z.string());
export type JsonEvent = z.infer<typeof jsonEvent>;

/** An event as the agent and the page hold it: `data` is bytes. */
export const socketEvent = eventUnion(z.custom<Uint8Array>((value) => value instanceof Uint8Array));
export type SocketEvent = z.infer<typeof socketEvent>;

export type EventOf<Type extends EventType> = Extract<SocketEvent, { type: Type }>;

/** What happens to sockets of ours: everything but what others captured. */
export type OwnEvent = Exclude<SocketEvent, { type: 'segment' }>;

/** What happened, before the journal numbers and dates it. */
export type EventBody = OwnEvent extends infer E
  ? E extends OwnEvent
    ? Omit<E, 'seq' | 'time'>
    : never
  : never;

/** What one socket reports: the body without the socket's own number. */
export type SocketFact = EventBody extends infer E
  ? E extends EventBody
    ? Omit<E, 'socket'>
    : never
  : never;

export type Transfer = EventOf<'sent'> | EventOf<'received'>;

export function isTransfer(event: SocketEvent): event is Transfer {
  return event.type === 'sent' || event.type === 'received';
}

/** An event that has bytes. */
export type Carrier = Transfer | EventOf<'segment'>;

export function carriesBytes(event: SocketEvent): event is Carrier {
  return isTransfer(event) || event.type === 'segment';
}

// Nearly every event is a transfer, and spelling their fields out costs a tenth of a spread over shapes of every kind.
// A spread comes last: before other fields it costs three times as much.

/** What one socket reports, with its number. */
export function factOf(socket: number, fact: SocketFact): EventBody {
  if (fact.type !== 'sent' && fact.type !== 'received') return { socket, ...fact };
  const { type, size, data, remote } = fact;
  return remote === undefined ? { socket, type, size, data } : { socket, type, size, data, remote };
}

/** What happened, numbered and dated. */
export function eventOf(body: EventBody, seq: number, time: number): SocketEvent {
  if (body.type !== 'sent' && body.type !== 'received') return { seq, time, ...body };
  const { socket, type, size, data, remote } = body;
  return remote === undefined
    ? { seq, time, socket, type, size, data }
    : { seq, time, socket, type, size, data, remote };
}
