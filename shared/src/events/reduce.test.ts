import { describe, expect, it } from 'vitest';
import type { EventBody, SocketEvent } from './event.ts';
import { applyTo, reduce } from './reduce.ts';
import type { SocketState } from './state.ts';

const here = { host: '127.0.0.1', port: 8888 };
const there = { host: '127.0.0.1', port: 40312 };
const data = new Uint8Array(5);

const opened: EventBody = { type: 'opened', socket: 1, family: 'inet', socketType: 'stream', label: null };
const datagram: EventBody = { ...opened, socketType: 'dgram' };
const bound: EventBody = { type: 'bound', socket: 1, local: here };
const connecting: EventBody = { type: 'connecting', socket: 1, remote: here };
const connected: EventBody = { type: 'connected', socket: 1, local: there, remote: here };
const refused: EventBody = {
  type: 'failed',
  socket: 1,
  during: 'connect',
  code: 'ECONNREFUSED',
  errno: 111,
  message: 'Nothing is listening on 127.0.0.1:8888.',
  hint: 'Open a server there, or check the port.',
};
const serving: EventBody[] = [opened, bound, { type: 'listening', socket: 1, local: here, backlog: 128 }];
const acceptedBy1: EventBody[] = [
  { ...opened, socket: 2, listener: 1 },
  { type: 'accepted', socket: 2, listener: 1, local: here, remote: there },
];
const client = [opened, connecting, connected];
const endedBy = (by: 'local' | 'remote'): EventBody => ({ type: 'ended', socket: 1, by });
const closed: EventBody = { type: 'closed', socket: 1 };

function tableAfter(bodies: readonly EventBody[]): Map<number, SocketState> {
  const table = new Map<number, SocketState>();
  bodies.forEach((body, index) =>
    applyTo(table, { ...body, seq: index + 1, time: 10 * index } satisfies SocketEvent),
  );
  return table;
}

type Story = readonly [string, readonly EventBody[], Partial<SocketState>, number?];

const stories: readonly Story[] = [
  [
    'a new socket',
    [opened],
    {
      role: 'none',
      state: 'opened',
      local: null,
      remote: null,
      listener: null,
      openedAt: 0,
      closedAt: null,
      behaviour: { name: 'none' },
      ...{ paused: false, blocked: false, queued: 0, backlog: null, called: null, label: null },
      ...{ endedByLocal: false, endedByRemote: false, resetBy: null, lastFailure: null },
      ...{ bytesSent: 0, bytesReceived: 0, eventsSent: 0, eventsReceived: 0 },
    },
  ],
  ['a bound one', [opened, bound], { role: 'none', state: 'bound', local: here }],
  ['a server', serving, { role: 'listener', state: 'listening', local: here, backlog: 128 }],
  [
    'a server that waits to be told to accept',
    [opened, bound, { type: 'listening', socket: 1, local: here, backlog: 2, accept: 'manual' }],
    { role: 'listener', state: 'listening', backlog: 2, accept: 'manual' },
  ],
  [
    'a connection it accepts',
    [...serving, ...acceptedBy1],
    { role: 'connection', state: 'connected', listener: 1, local: here, remote: there },
    2,
  ],
  [
    'the server meanwhile',
    [...serving, ...acceptedBy1],
    { role: 'listener', state: 'listening', remote: null },
    1,
  ],
  [
    'a client under way',
    [opened, connecting],
    { role: 'none', state: 'connecting', remote: here, local: null },
  ],
  ['a client', client, { role: 'connection', state: 'connected', local: there, remote: here }],
  [
    'a client that was bound first',
    [opened, bound, connecting],
    { state: 'connecting', local: here, remote: here },
  ],
  [
    'a refused client',
    [opened, connecting, refused],
    {
      role: 'none',
      state: 'opened',
      remote: null,
      lastFailure: { during: 'connect', code: 'ECONNREFUSED', message: refused.message, hint: refused.hint },
    },
  ],
  [
    'a refused client that was bound',
    [opened, bound, connecting, refused],
    { state: 'bound', local: here, remote: null },
  ],
  [
    'a refused client whose address somebody else has taken meanwhile',
    [opened, bound, connecting, refused, { ...refused, during: 'bind', code: 'EADDRINUSE' }],
    { state: 'opened', local: null, remote: null },
  ],
  [
    'a client whose second address answers',
    [opened, connecting, refused, connecting, connected],
    { state: 'connected', remote: here },
  ],
  [
    'a client of a name with both families',
    [opened, { ...connecting, remote: { host: '::1', port: 1 } }],
    { family: 'inet6' },
  ],
  ['a failed connect of a connected one', [...client, refused], { state: 'connected', remote: here }],
  [
    'a failed send',
    [...client, { ...refused, during: 'send' }],
    {
      state: 'connected',
      remote: here,
      lastFailure: { during: 'send', code: 'ECONNREFUSED', message: refused.message, hint: refused.hint },
    },
  ],
  [
    'its own FIN',
    [...client, endedBy('local')],
    { state: 'half-closed', endedByLocal: true, endedByRemote: false },
  ],
  [
    "the peer's FIN",
    [...client, endedBy('remote')],
    { state: 'half-closed', endedByLocal: false, endedByRemote: true },
  ],
  [
    'both FINs',
    [...client, endedBy('remote'), endedBy('local')],
    { state: 'half-closed', endedByLocal: true, endedByRemote: true },
  ],
  [
    'both FINs, closed',
    [...client, endedBy('local'), endedBy('remote'), closed],
    { state: 'closed', closedAt: 50, resetBy: null, remote: here },
  ],
  [
    'a reset',
    [...client, { type: 'reset', socket: 1, by: 'remote' }, closed],
    { state: 'closed', resetBy: 'remote', role: 'connection' },
  ],
  ['blocked', [...client, { type: 'blocked', socket: 1, queued: 9 }], { blocked: true, queued: 9 }],
  [
    'blocked, then drained',
    [...client, { type: 'blocked', socket: 1, queued: 9 }, { type: 'drained', socket: 1, queued: 9 }],
    { blocked: false, queued: 0 },
  ],
  [
    'blocked and paused, then closed',
    [...client, { type: 'blocked', socket: 1, queued: 9 }, { type: 'paused', socket: 1 }, closed],
    { blocked: false, paused: false, queued: 0 },
  ],
  ['paused', [...client, { type: 'paused', socket: 1 }], { paused: true }],
  ['resumed', [...client, { type: 'paused', socket: 1 }, { type: 'resumed', socket: 1 }], { paused: false }],
  [
    'traffic',
    [
      ...client,
      { type: 'sent', socket: 1, size: 5, data },
      { type: 'sent', socket: 1, size: 900, data, captured: 5 },
      { type: 'received', socket: 1, size: 0, data: new Uint8Array(0) },
    ],
    { bytesSent: 905, eventsSent: 2, bytesReceived: 0, eventsReceived: 1 },
  ],
  ['a datagram socket', [datagram], { role: 'datagram', state: 'opened' }],
  ['a bound datagram socket', [datagram, bound], { role: 'datagram', state: 'bound', local: here }],
  [
    'a connected datagram socket',
    [datagram, bound, connecting, connected],
    { role: 'datagram', state: 'connected', local: there, remote: here },
  ],
  [
    'a datagram socket with a refused connect',
    [datagram, bound, connecting, refused],
    { role: 'datagram', state: 'bound', remote: null, local: here },
  ],
  [
    'a behaviour',
    [...client, { type: 'behaving', socket: 1, behaviour: { name: 'ok', once: true } }],
    { behaviour: { name: 'ok', once: true } },
  ],
  [
    'what changes nothing',
    [
      ...client,
      { type: 'option-set', socket: 1, option: 'noDelay', value: true },
      { type: 'resolved', socket: 1, host: 'localhost', addresses: [] },
      { type: 'dropped', socket: 1, count: 3, reason: 'kernel-buffer' },
    ],
    { state: 'connected', lastFailure: null },
  ],
  ['a label', [{ ...opened, label: 'printer' }], { label: 'printer' }],
];

describe('reduce', () => {
  const told = stories.map(([title, bodies, expected, socket = 1]) => ({ title, bodies, expected, socket }));

  it.each(told)('$title', ({ bodies, expected, socket }) => {
    expect(tableAfter(bodies).get(socket)).toMatchObject(expected);
  });

  it('gives a connection the behaviour its listener has at that moment', () => {
    const echo: EventBody = { type: 'behaving', socket: 1, behaviour: { name: 'echo' } };
    const upper: EventBody = { type: 'behaving', socket: 1, behaviour: { name: 'upper' } };
    const second = acceptedBy1.map((body): EventBody => ({ ...body, socket: 3 }));
    const table = tableAfter([...serving, echo, ...acceptedBy1, upper, ...second]);
    expect([1, 2, 3].map((id) => table.get(id)?.behaviour.name)).toEqual(['upper', 'echo', 'upper']);
  });

  it('leaves connections alive when their listener closes', () => {
    const table = tableAfter([...serving, ...acceptedBy1, closed]);
    expect([1, 2].map((id) => table.get(id)?.state)).toEqual(['closed', 'connected']);
  });

  it('changes nothing in place', () => {
    const table = tableAfter(client);
    const before = table.get(1);
    const copy = structuredClone(before);
    const after = reduce(table, { type: 'sent', socket: 1, size: 5, data, seq: 9, time: 9 });
    expect(before).toEqual(copy);
    expect(after).not.toBe(before);
    expect(after).toEqual({ ...before, bytesSent: 5, eventsSent: 1 });
    expect(table.get(1)).toBe(before);
  });

  it.each<SocketEvent>([
    { type: 'closed', socket: 99, seq: 1, time: 0 },
    { type: 'resolved', socket: null, host: 'x', addresses: [], seq: 1, time: 0 },
    { type: 'dropped', socket: null, count: 1, reason: 'memory-limit', seq: 1, time: 0 },
  ])('belongs to no socket: %j', (event) => {
    expect(reduce(new Map(), event)).toBeUndefined();
  });
});
