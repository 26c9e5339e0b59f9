/** The journal against a model that keeps everything in a plain list. */
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { heldEvent } from '../../test/journal-watch.ts';
import { memoryJournal } from '../../test/memory-journal.ts';
import type { Journal, JournalLimits } from './journal.ts';

const data0 = new Uint8Array(0);

const small: JournalLimits = { journalBytes: 4_096, journalEvents: 40, blockBytes: 1_024 };

function newJournal(limits: JournalLimits = small): Journal {
  let time = 0;
  return memoryJournal({ limits, now: () => (time += 100) });
}

const socket = fc.integer({ min: 1, max: 5 });
const remote = fc.constantFrom({ host: '127.0.0.1', port: 9 }, { host: 'fe80::1%eth0', port: 65_535 });
const received = fc
  .tuple(socket, fc.uint8Array({ maxLength: 3_000 }), fc.option(remote, { nil: undefined }))
  .map(([id, data, from]): EventBody => ({
    socket: id,
    type: 'received',
    size: data.length,
    data,
    ...(from ? { remote: from } : {}),
  }));
const short = fc.constantFrom<EventBody>(
  { socket: 1, type: 'closed' },
  { socket: 2, type: 'ended', by: 'remote' },
  { socket: null, type: 'resolved', host: 'ünïcode.example', addresses: [{ host: '::1', family: 'inet6' }] },
  { socket: 3, type: 'opened', family: 'inet', socketType: 'stream', label: '☃ “quoted”' },
  { socket: 4, type: 'failed', during: 'bind', code: 'EADDRINUSE', errno: 98, message: 'm', hint: 'h' },
);
const bodies = fc.array(fc.oneof(received, short), { maxLength: 120 });

/** What a reader with this cursor gets, batch by batch, until there is no more. */
function readAll(journal: Journal, from: number, mostBytes: number, dataBytes: number) {
  const caps = { bytes: mostBytes, events: 1_000, dataBytes };
  const events: SocketEvent[] = [];
  let cursor = from;
  const next = () => {
    const block = journal.blockOf(cursor);
    return block instanceof Block ? block.batch(cursor, journal.latest, caps) : null;
  };
  for (let batch = next(); batch !== null; batch = next()) {
    const read = readBatch(batch.bytes);
    expect(read.torn).toBe(false);
    expect(read.events.length).toBe(batch.next - cursor);
    expect(batch.bytes.length <= mostBytes || read.events.length === 1).toBe(true);
    events.push(...read.events);
    cursor = batch.next;
  }
  return { events, cursor };
}

const cut = (event: SocketEvent, most: number): SocketEvent =>
  'data' in event && event.data.length > most
    ? { ...event, data: event.data.slice(0, most), captured: most }
    : event;

describe('the journal', () => {
  it('writes long data that come again right away once, and tells them apart by every byte', () => {
    const journal = newJournal({ journalBytes: 1e6, journalEvents: 100, blockBytes: 64 * 1_024 });
    const long = (last: number) =>
      Uint8Array.from({ length: 4_000 }, (_, at) => (at === 3_999 ? last : at % 251));
    const sent = [1, 1, 2, 1, 1];
    for (const byte of sent) {
      const data = long(byte);
      journal.append({ socket: 1, type: 'received', size: data.length, data });
    }
    const block = journal.blockOf(1);
    expect(block instanceof Block && block.used).toBeLessThan(4 * 4_000);
    for (const [index, byte] of sent.entries()) {
      expect(heldEvent(journal, index + 1)).toMatchObject({ data: long(byte) });
    }
  });

  it('numbers from 1 without gaps, keeps the newest whole, and says what is gone', () => {
    fc.assert(
      fc.property(bodies, (appended) => {
        const journal = newJournal();
        const model = appended.map((body) => journal.append(body));
        expect(model.map(({ seq }) => seq)).toEqual(model.map((_, index) => index + 1));
        expect(journal.latest).toBe(model.length);
        expect(journal.first).toBeGreaterThanOrEqual(1);
        expect(journal.first).toBeLessThanOrEqual(journal.latest + 1);
        if (model.length > 0) expect(heldEvent(journal, journal.latest)).toEqual(model.at(-1));
        for (const event of model) {
          const isKept = event.seq >= journal.first;
          expect(heldEvent(journal, event.seq)).toEqual(isKept ? event : null);
          expect(journal.gapAt(event.seq)).toEqual(
            isKept ? null : { type: 'gap', from: event.seq, to: journal.first - 1, reason: 'memory-limit' },
          );
        }
        expect(heldEvent(journal, 0)).toBeNull();
        expect(heldEvent(journal, journal.latest + 1)).toBeNull();
        expect(journal.gapAt(journal.latest + 1)).toBeNull();
      }),
    );
  });

  it('keeps what the events that went came to: the sockets open right before its first', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (appended) => {
        const journal = newJournal();
        const gone = appended.map((body) => journal.append(body)).filter(({ seq }) => seq < journal.first);
        const table = new Map<number, SocketState>();
        for (const event of gone) applyTo(table, event);
        const open = [...table.values()].filter(({ state }) => state !== 'closed');
        const gap = journal.gapAt(1);
        if (gap) expect(await journal.standingAfter(gap)).toEqual(open);
      }),
    );
  });

  it('tells the same of a gap however many events go while somebody reads it', async () => {
    const journal = newJournal();
    const data = new Uint8Array(200);
    const fill = () => {
      for (let count = 0; count < 40; count += 1)
        journal.append({ socket: 1, type: 'received', size: data.length, data });
    };
    journal.append({ socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: null });
    fill();
    const gap = journal.gapAt(1);
    const standing = gap && (await journal.standingAfter(gap));
    const received = gap && gap.to - 1;
    expect(standing).toMatchObject([{ socket: 1, eventsReceived: received }]);
    fill();
    expect(standing).toMatchObject([{ socket: 1, eventsReceived: received }]);
  });

  it('gives every reader the same events, whatever its cursor, batch size and payload limit', () => {
    const limits = fc.record({
      mostBytes: fc.integer({ min: 1, max: 5_000 }),
      payloadBytes: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(bodies, limits, fc.nat(), (appended, { mostBytes, payloadBytes }, anywhere) => {
        const journal = newJournal({ ...small, journalBytes: 20_000 });
        const model = appended.map((body) => journal.append(body));
        const from = journal.first + (anywhere % (journal.latest - journal.first + 2));
        const { events, cursor } = readAll(journal, from, mostBytes, payloadBytes);
        expect(events).toEqual(model.slice(from - 1).map((event) => cut(event, payloadBytes)));
        expect(cursor).toBe(Math.max(from, journal.latest + 1));
      }),
    );
  });

  it('gives nothing for what is evicted or has not happened', () => {
    const journal = newJournal();
    expect([journal.first, journal.latest, journal.blockOf(1)]).toEqual([1, 0, null]);
    for (let count = 0; count < 200; count += 1) journal.append({ socket: 1, type: 'closed' });
    expect(journal.first).toBeGreaterThan(1);
    expect(journal.blockOf(1)).toBeNull();
    expect(journal.blockOf(201)).toBeNull();
  });
});

describe('eviction', () => {
  let made = 0;
  /** Bytes that do not repeat those before. */
  const record = (size: number): EventBody => ({
    socket: 1,
    type: 'received',
    size,
    data: new Uint8Array(size).fill((made += 1)),
  });

  it('keeps the bytes within the limit, apart from the newest block', () => {
    const journal = newJournal({ ...small, journalEvents: 1_000_000 });
    for (let count = 0; count < 500; count += 1) {
      journal.append(record(400));
      const kept = journal.latest - journal.first + 1;
      expect(kept * 400).toBeLessThanOrEqual(small.journalBytes);
    }
  });

  it('keeps the count within the limit, a block more or less', () => {
    const journal = newJournal({ ...small, journalBytes: 1_000_000_000 });
    const perBlock = Math.floor(small.blockBytes / 32);
    for (let count = 0; count < 1_000; count += 1) {
      journal.append(record(0));
      expect(journal.latest - journal.first + 1).toBeLessThanOrEqual(small.journalEvents + perBlock);
    }
    expect(journal.first).toBeGreaterThan(900);
  });

  it('keeps an event that is larger than every limit until newer ones need room', () => {
    const journal = newJournal();
    const data = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    journal.append({ socket: 1, type: 'received', size: data.length, data });
    expect(heldEvent(journal, 1)).toMatchObject({ data });
    for (let count = 0; count < 50; count += 1) journal.append({ socket: 1, type: 'closed' });
    expect(journal.first).toBeGreaterThan(1);
    expect(heldEvent(journal, 1)).toBeNull();
    expect(heldEvent(journal, 51)).toMatchObject({ type: 'closed' });
  });
});

describe('what the journal hands out', () => {
  it('is a copy of its own: who reported the bytes may use their buffer again', () => {
    const journal = newJournal();
    const data = Uint8Array.of(1, 2, 3);
    const told = journal.append({ socket: 1, type: 'received', size: 3, data });
    data.fill(9);
    expect(told).toMatchObject({ data: Uint8Array.of(1, 2, 3) });
    expect(heldEvent(journal, 1)).toMatchObject({ data: Uint8Array.of(1, 2, 3) });
  });

  it('stays as it is for as long as somebody keeps it, while memory nobody needs is used again', async () => {
    const journal = newJournal();
    let made = 0;
    /** All bytes but the last say what they were filled with; that one is not the same twice in a row. */
    const receive = (fill: number) => {
      const data = new Uint8Array(300).fill(fill).fill((made += 1), 299);
      return journal.append({ socket: 1, type: 'received', size: data.length, data });
    };
    const isFull = (data: Uint8Array, fill: number) => data.subarray(0, 299).every((byte) => byte === fill);
    const [kept = data0, left = data0] = [receive(1), receive(2)].map((event) =>
      'data' in event ? event.data : data0,
    );
    while (journal.blockOf(2) !== null) receive(3);
    const other = receive(4);
    while (journal.blockOf(other.seq) !== null) receive(5);
    expect([isFull(kept, 1), isFull(left, 2)]).toEqual([true, true]);
    await nextTurn();
    for (let count = 0; count < 40; count += 1) receive(6);
    expect(isFull(left, 2)).toBe(false);
    const third = receive(7);
    const held = 'data' in third ? third.data : data0;
    journal.keep(held);
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 40; count += 1) receive(8);
      await nextTurn();
    }
    expect(isFull(held, 7)).toBe(true);
  });

  it('is written once where the same bytes come again, as long as their block lasts', () => {
    /** How many events memory holds when each is filled with the next of these in turn. */
    const keptOf = (...fills: readonly number[]) => {
      const journal = newJournal({ ...small, journalEvents: 1_000_000 });
      for (let count = 0; count < 600; count += 1) {
        const data = new Uint8Array(200).fill(fills[count % fills.length] ?? 0);
        journal.append({ socket: 1, type: 'received', size: data.length, data });
        expect(heldEvent(journal, journal.latest)).toMatchObject({ data });
      }
      expect(heldEvent(journal, journal.first)).toMatchObject({ size: 200 });
      return journal.latest - journal.first + 1;
    };
    expect(keptOf(1)).toBeGreaterThan(3 * keptOf(1, 2));
  });

  it('tells subscribers each number once, in order, until they stop', () => {
    const journal = newJournal();
    const heard: number[] = [];
    const stop = journal.subscribe(() => heard.push(journal.latest));
    for (let count = 0; count < 3; count += 1) journal.append({ socket: 1, type: 'closed' });
    stop();
    journal.append({ socket: 1, type: 'closed' });
    expect(heard).toEqual([1, 2, 3]);
  });
});
