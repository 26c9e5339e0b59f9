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

/** Why events are missing from a journal. */
export const dropReason = z.enum(['kernel-buffer', 'memory-limit', 'disk']);
export type DropReason = z.infer<typeof dropReason>;

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
] as const satisfies readonly (LifeType | 'sent' | 'received')[];
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
  ]);
}

/** An event as HTTP clients read it: `data` is base64. */
export const jsonEvent = eventUnion(z.string());
export type JsonEvent = z.infer<typeof jsonEvent>;

/** An event as the agent and the page hold it: `data` is bytes. */
export const socketEvent = eventUnion(z.custom<Uint8Array>((value) => value instanceof Uint8Array));
export type SocketEvent = z.infer<typeof socketEvent>;

export type EventOf<Type extends EventType> = Extract<SocketEvent, { type: Type }>;

/** What happened, before the journal numbers and dates it. */
export type EventBody = SocketEvent extends infer E
  ? E extends SocketEvent
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

// Nearly every event is a transfer, and spelling their fields out costs a tenth of a spread over shapes of every kind.

/** What one socket reports, with its number. */
export function factOf(socket: number, fact: SocketFact): EventBody {
  if (fact.type !== 'sent' && fact.type !== 'received') return { ...fact, socket };
  const { type, size, data, remote } = fact;
  return remote === undefined ? { socket, type, size, data } : { socket, type, size, data, remote };
}

/** What happened, numbered and dated. */
export function eventOf(body: EventBody, seq: number, time: number): SocketEvent {
  if (body.type !== 'sent' && body.type !== 'received') return { ...body, seq, time };
  const { socket, type, size, data, remote } = body;
  return remote === undefined
    ? { seq, time, socket, type, size, data }
    : { seq, time, socket, type, size, data, remote };
}
