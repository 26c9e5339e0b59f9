/** Any event of every type, for property-based tests. A type without its line is a compile error. */
import fc from 'fast-check';
import { behaviourConfig, behaviours } from '../src/behaviours/index.ts';
import type { BehaviourConfig } from '../src/behaviours/index.ts';
import type { EventOf, EventType, SocketEvent } from '../src/events/event.ts';

const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const time = fc.double({ min: 0, max: 2 ** 53, noNaN: true });
const id = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 60 });
const count = fc.nat();
const address = fc.record({ host: ascii, port: fc.integer({ min: 0, max: 65535 }) });
const family = fc.constantFrom('inet' as const, 'inet6' as const);
const by = fc.constantFrom('local' as const, 'remote' as const);
const bytes = fc.uint8Array({ maxLength: 600 });

const behaviour: fc.Arbitrary<BehaviourConfig> = fc.oneof(
  fc.constantFrom(...Object.keys(behaviours)).map((name) => behaviourConfig.parse({ name })),
  fc.record({ name: fc.constantFrom('echo' as const, 'ok' as const), once: fc.boolean() }),
);
const group = fc.record(
  { group: fc.constant('239.1.2.3'), interface: fc.constant('127.0.0.1') },
  { requiredKeys: ['group'] },
);

const owned = { seq, time, socket: id };
const loose = { seq, time, socket: fc.option(id) };
const typed = <Type extends EventType>(type: Type) => ({ type: fc.constant(type) });

/** Whole, or cut with its mark; from a datagram socket with the other end. */
const transfer = <Type extends 'sent' | 'received'>(type: Type) =>
  fc
    .record({
      ...owned,
      ...typed(type),
      data: bytes,
      lost: fc.nat({ max: 100_000 }),
      remote: fc.option(address),
    })
    .map(({ data, lost, remote, ...rest }) => ({
      ...rest,
      data,
      size: data.length + lost,
      ...(lost > 0 ? { captured: data.length } : {}),
      ...(remote ? { remote } : {}),
    }));

const unsigned = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const segment = fc
  .record(
    {
      seq,
      time,
      socket: fc.constant(null),
      ...typed('segment'),
      protocol: fc.constantFrom('TCP', 'UDP', 'ICMPv6', 'Übung'),
      source: fc.option(address),
      destination: fc.option(address),
      stream: fc.option(id),
      from: fc.constantFrom('client' as const, 'server' as const, null),
      tcp: fc.record({
        sequence: unsigned(32),
        acknowledgement: unsigned(32),
        flags: unsigned(8),
        window: unsigned(16),
      }),
      note: fc.constantFrom('cut short', 'Übung \u2028'),
      data: bytes,
      lost: fc.nat({ max: 100_000 }),
    },
    {
      requiredKeys: [
        'seq',
        'time',
        'socket',
        'type',
        'protocol',
        'source',
        'destination',
        'stream',
        'from',
        'data',
        'lost',
      ],
    },
  )
  .map(({ data, lost, ...rest }) => ({
    ...rest,
    data,
    size: data.length + lost,
    ...(lost > 0 ? { captured: data.length } : {}),
  }));

const anyOfType: { readonly [Type in EventType]: fc.Arbitrary<EventOf<Type>> } = {
  opened: fc.record(
    {
      ...owned,
      ...typed('opened'),
      family,
      socketType: fc.constantFrom('stream' as const, 'dgram' as const),
      label: fc.option(text),
      listener: id,
    },
    { requiredKeys: ['seq', 'time', 'socket', 'type', 'family', 'socketType', 'label'] },
  ),
  'option-set': fc.record({
    ...owned,
    ...typed('option-set'),
    option: fc.constantFrom(
      'noDelay' as const,
      'ttl' as const,
      'receiveBuffer' as const,
      'addMembership' as const,
    ),
    value: fc.oneof(fc.boolean(), count, group),
  }),
  resolved: fc.record({
    ...loose,
    ...typed('resolved'),
    host: text,
    addresses: fc.array(fc.record({ host: text, family }), { maxLength: 3 }),
  }),
  bound: fc.record({ ...owned, ...typed('bound'), local: address }),
  listening: fc.record(
    {
      ...owned,
      ...typed('listening'),
      local: address,
      backlog: count,
      accept: fc.constant('manual' as const),
    },
    { requiredKeys: ['seq', 'time', 'socket', 'type', 'local', 'backlog'] },
  ),
  connecting: fc.record({ ...owned, ...typed('connecting'), remote: address }),
  connected: fc.record({ ...owned, ...typed('connected'), local: address, remote: address }),
  accepted: fc.record({ ...owned, ...typed('accepted'), listener: id, local: address, remote: address }),
  sent: transfer('sent'),
  received: transfer('received'),
  blocked: fc.record({ ...owned, ...typed('blocked'), queued: count }),
  drained: fc.record({ ...owned, ...typed('drained'), queued: count }),
  paused: fc.record({ ...owned, ...typed('paused') }),
  resumed: fc.record({ ...owned, ...typed('resumed') }),
  ended: fc.record({ ...owned, ...typed('ended'), by }),
  reset: fc.record({ ...owned, ...typed('reset'), by }),
  closed: fc.record({ ...owned, ...typed('closed') }),
  behaving: fc.record({ ...owned, ...typed('behaving'), behaviour }),
  failed: fc.record({
    ...loose,
    ...typed('failed'),
    during: text,
    code: text,
    errno: fc.option(fc.integer({ min: 1, max: 200 })),
    message: text,
    hint: text,
  }),
  dropped: fc.record({
    ...loose,
    ...typed('dropped'),
    count,
    reason: fc.constantFrom('kernel-buffer' as const, 'memory-limit' as const, 'disk' as const),
  }),
  segment,
};

export const anyEvent: fc.Arbitrary<SocketEvent> = fc.oneof(...Object.values(anyOfType));
