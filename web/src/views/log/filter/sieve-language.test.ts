/** All of the language, at random: what the sieve finds through columns is what each row by itself says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { CapturedEnds } from '../../../store/rows/captured-ends.ts';
import { noEnds } from '../../../store/rows/ends.ts';
import type { Ends } from '../../../store/rows/ends.ts';
import { Journal } from '../../../store/journal/journal.svelte.ts';
import { Spoken } from '../../../store/sockets/spoken.svelte.ts';
import { at } from '../../../store/testing/events.ts';
import { Shown } from '../shown.ts';
import { knownTo } from './known.ts';
import { parseFilter } from './parse.ts';
import { sieveOf } from './sieve.ts';
import { matcherOf } from './testing.ts';

const addresses = [at(5000), at(8888), at(53, '10.0.0.7'), at(8888, '::1'), at(80, '::ffff:10.1.2.3')];
const address = fc.constantFrom(...addresses);
const ends: fc.Arbitrary<Ends> = fc.oneof(
  fc.constant(noEnds),
  fc.record({
    socketType: fc.constantFrom('stream', 'dgram'),
    local: fc.option(address),
    remote: fc.option(address),
    side: fc.constantFrom('server', 'client', null),
    settled: fc.constant(true),
  }),
);
const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
const payload = fc.oneof(
  fc
    .constantFrom('GET /ab HTTP/1.1\r\n\r\n', upgrade, '{"a":1}\n', '[', 'ab', 'aAb\r\n', 'é', '', '\0\x01')
    .map(encodeUtf8),
  fc.constantFrom(
    Uint8Array.of(0x81, 1, 0x61),
    Uint8Array.of(0x16, 3, 1, 0, 1, 1),
    Uint8Array.of(0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 1),
  ),
  fc.uint8Array({ maxLength: 12 }),
);
const carried = fc
  .tuple(payload, fc.constantFrom(0, 0, 9, 2_000))
  .map(([data, more]) =>
    more === 0 ? { size: data.length, data } : { size: data.length + more, data, captured: data.length },
  );
const socket = fc.integer({ min: 1, max: 3 });
const captured = new CapturedEnds();

type Event = readonly [event: SocketEvent, ends: Ends];
const head = { seq: 0, time: 0 };
const transfer = fc
  .tuple(fc.constantFrom('sent', 'received'), socket, carried, fc.option(address), ends)
  .map(([type, id, bytes, remote, its]): Event => {
    const named = remote === null ? {} : { remote };
    return [{ ...head, type: type === 'sent' ? 'sent' : 'received', socket: id, ...bytes, ...named }, its];
  });
const segment = fc
  .tuple(
    fc.constantFrom('TCP', 'UDP', 'ICMP'),
    address,
    address,
    fc.constantFrom('client', 'server', null),
    carried,
  )
  .map(([protocol, source, destination, from, bytes]): Event => {
    const event = {
      ...head,
      socket: null,
      type: 'segment',
      protocol,
      source,
      destination,
      from,
      stream: 1,
      ...bytes,
    } as const;
    return [event, captured.of(event)];
  });
const life = fc.tuple(
  fc.oneof(
    socket.map((id): SocketEvent => ({ ...head, type: 'closed', socket: id })),
    socket.map((id): SocketEvent => ({ ...head, type: 'blocked', socket: id, queued: 9_000 })),
    fc.constantFrom<SocketEvent>(
      { ...head, type: 'ended', socket: 1, by: 'remote' },
      { ...head, type: 'resolved', socket: null, host: 'bab', addresses: [] },
      {
        ...head,
        type: 'failed',
        socket: 1,
        during: 'connect',
        code: 'EBAB',
        errno: 1,
        message: 'ab',
        hint: '',
      },
    ),
  ),
  ends,
);
const row = fc.oneof(
  { weight: 6, arbitrary: transfer },
  { weight: 2, arbitrary: segment },
  { weight: 1, arbitrary: life },
);

const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const equality = fc.constantFrom('==', '!=');
const compared = (field: string, sign: fc.Arbitrary<string>, ...values: string[]) =>
  fc.tuple(sign, fc.constantFrom(...values)).map(([op, value]) => `${field} ${op} ${value}`);
const test = fc.oneof(
  compared('socket', comparison, '#1', '2', '3'),
  compared('port', comparison, '53', '80', '5000', '8888'),
  compared('len', comparison, '0', '1', '3', '11', '1k'),
  compared('time', comparison, '3ms', '0.005', '7000us'),
  compared(
    'host',
    equality,
    '127.0.0.1',
    '10.',
    '10.0.0.0/8',
    '10.1.0.0/16',
    '::1',
    '10.0.0.7:53',
    '0.0.0.0/0',
  ),
  compared('type', equality, 'sent', 'received', 'segment', 'closed', 'failed', 'gap'),
  compared('dir', equality, 'to-server', 'to-client'),
  compared('proto', equality, 'tcp', 'udp', 'http', 'tls', 'dns', 'websocket', 'json', 'lines'),
  fc.constantFrom('port in {53, 80}', 'type in {sent, segment}', 'proto in {http, json}', 'socket in {1 3}'),
  fc.constantFrom(
    'matches /^[ag]/i',
    'matches /b$/',
    String.raw`matches /\r\n/`,
    'matches /a|é/',
    'matches /^$/',
  ),
  fc.constantFrom(
    '(ab)',
    '"a"',
    'contains 61',
    'hex 0d 0a',
    'contains "EBAB"',
    '8888',
    // In brackets, so that no `matches` behind them makes them a field.
    '(seg)',
    '(http)',
    '(dns)',
    'to server',
  ),
);
const filter = fc.letrec<{ part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    test,
    tie('part').map((part) => `not (${part})`),
    fc
      .tuple(tie('part'), fc.constantFrom(' and ', ' or ', ' ', ' || '), tie('part'))
      .map(([a, join, b]) => `(${a}${join}${b})`),
  ),
})).part;

/** A journal of these rows; at `restart` the agent began anew. */
function journalOf(rows: readonly Event[], restart: number): Journal {
  const journal = new Journal({ rows: 60, payloadBytes: 4_000 });
  let seq = 0;
  rows.forEach(([event, its], index) => {
    if (index === restart) {
      journal.restart('');
      seq = 0;
    }
    seq += 1;
    journal.append({ ...event, seq, time: seq * 1e6 }, its, null);
  });
  journal.publish();
  return journal;
}

function sieved(journal: Journal, spoken: Spoken, typed: string): number[] {
  const parsed = parseFilter(typed, knownTo(spoken.dissecting));
  if (!parsed.ok) throw new Error(`${typed}: ${parsed.problem.message}`);
  const shown = new Shown(journal, sieveOf(parsed.terms, spoken));
  do shown.update(journal, () => false);
  while (!shown.isDone);
  return Array.from({ length: shown.length }, (_, index) => shown.positionAt(index) ?? -1);
}

function naively(journal: Journal, spoken: Spoken, typed: string): number[] {
  const parsed = parseFilter(typed, knownTo(spoken.dissecting));
  const matches = matcherOf(parsed.ok ? parsed.terms : [], (its) => spoken.protocolOf(its));
  const positions = Array.from({ length: journal.length }, (_, index) => journal.dropped + index);
  return positions.filter((position) => {
    const found = journal.rowAt(position);
    return found !== undefined && (matches?.(found) ?? true);
  });
}

/** A machine that is busy takes its time. */
const slowMs = 20_000;

describe('the whole language through columns', () => {
  it(
    'finds what each row by itself says',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { maxLength: 30 }),
          fc.nat(60),
          filter,
          async (rows, restart, typed) => {
            const journal = journalOf(rows, restart);
            const spoken = new Spoken(journal);
            await spoken.load();
            expect(sieved(journal, spoken, typed)).toEqual(naively(journal, spoken, typed));
          },
        ),
        { numRuns: 150 },
      );
    },
    slowMs,
  );
});
