import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent } from '../../test/any-event.ts';
import { eventTypes } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { readRecord } from './read-record.ts';
import { roomFor, writeRecord } from './write-record.ts';
import { readHeader } from './layout.ts';

function recordOf(event: SocketEvent): Uint8Array {
  const room = new Uint8Array(roomFor(event)).fill(0xee);
  return room.slice(0, writeRecord(event, room, 0));
}

/** Records one behind the other. */
function recordsOf(events: readonly SocketEvent[]): Uint8Array {
  return Uint8Array.from(events.flatMap((event) => Array.from(recordOf(event))));
}

function readAll(bytes: Uint8Array): { events: SocketEvent[]; torn: boolean } {
  const events: SocketEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const record = readRecord(bytes, at);
    if (record === null) return { events, torn: true };
    events.push(record.event);
    at = record.next;
  }
  return { events, torn: false };
}

const received: SocketEvent = {
  seq: 7,
  time: 1500,
  socket: 3,
  type: 'received',
  size: 5,
  data: encodeUtf8('hello'),
  remote: { host: '::1', port: 0x1234 },
};

describe('a record', () => {
  it('lies in memory as the header says', () => {
    const record = recordOf(received);
    const view = new DataView(record.buffer);
    expect(record).toHaveLength(32 + 3 + 3 + 5);
    expect(view.getUint32(0, true)).toBe(record.length);
    expect(eventTypes[view.getUint8(4)]).toBe('received');
    expect(view.getUint8(5)).toBe(1);
    expect(view.getUint16(6, true)).toBe(0);
    expect(view.getFloat64(8, true)).toBe(7);
    expect(view.getFloat64(16, true)).toBe(1500);
    expect(view.getUint32(24, true)).toBe(3);
    expect(view.getUint32(28, true)).toBe(5);
    expect(Array.from(record.subarray(32))).toEqual([
      0x34,
      0x12,
      3,
      0x3a,
      0x3a,
      0x31,
      ...encodeUtf8('hello'),
    ]);
  });

  it('reads what says the same as one before it by its own number, time and socket', () => {
    const texts = fc.array(fc.tuple(anyEvent, fc.integer({ min: 1, max: 9 })), { maxLength: 20 });
    fc.assert(
      fc.property(texts, (drawn) => {
        const events = drawn.flatMap(([event, seq]) => [event, { ...event, seq, time: seq / 2 }]);
        expect(readAll(recordsOf(events))).toEqual({ events, torn: false });
      }),
    );
  });

  it('checks the number and the time of what says the same too', () => {
    const closed: SocketEvent = { seq: 1, time: 0, socket: 1, type: 'closed' };
    const wrong = [
      { ...closed, seq: 0 },
      { ...closed, seq: 1.5 },
      { ...closed, time: -1 },
      { ...closed, time: NaN },
    ];
    expect(readAll(recordsOf([closed])).torn).toBe(false);
    for (const event of wrong) expect(readRecord(recordOf(event), 0)).toBeNull();
  });

  it('reads ever new texts, more than are remembered', () => {
    const events = Array.from({ length: 2_000 }, (_, index): SocketEvent => ({
      ...{ seq: index + 1, time: 0, socket: 1, type: 'failed', during: 'send', errno: null },
      ...{ code: 'EIO', message: `${index % 700}`, hint: '' },
    }));
    expect(readAll(recordsOf(events)).events).toEqual(events);
  });

  it('round trips every event, at any place', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat({ max: 40 }), (event, at) => {
        const room = new Uint8Array(at + roomFor(event));
        const length = writeRecord(event, room, at);
        expect(at + length).toBeLessThanOrEqual(room.length);
        expect(readRecord(room, at)).toEqual({ event, next: at + length });
        expect(readHeader(room, at)).toMatchObject({
          length,
          type: event.type,
          seq: event.seq,
          socket: event.socket ?? 0,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the numbers of its types: append only', () => {
    expect(eventTypes.join(' ')).toMatch(
      /^opened option-set resolved bound listening connecting connected accepted sent received blocked drained paused resumed ended reset closed behaving failed dropped segment/,
    );
  });
});

describe('records', () => {
  it('gives its events in order', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 6 }), (events) => {
        expect(readAll(recordsOf(events))).toEqual({ events, torn: false });
      }),
    );
  });

  it('torn at any place gives the events before', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 4 }), fc.nat(), (events, place) => {
        const whole = recordsOf(events);
        const at = place % whole.length;
        const lengths = events.map((event) => recordOf(event).length);
        const ends = lengths.map((_, index) =>
          lengths.slice(0, index + 1).reduce((sum, length) => sum + length, 0),
        );
        const complete = ends.filter((end) => end <= at).length;
        const isTorn = at !== (ends[complete - 1] ?? 0);
        expect(readAll(whole.subarray(0, at))).toEqual({ events: events.slice(0, complete), torn: isTorn });
      }),
    );
  });

  it('of random bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readAll(bytes).torn).toBe(bytes.length > 0);
      }),
    );
  });

  it('with any byte damaged never throws, and gives only whole events', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat(), fc.integer({ min: 1, max: 255 }), (event, place, flip) => {
        const record = recordOf(event);
        const at = place % record.length;
        record[at] = (record[at] ?? 0) ^ flip;
        for (const { seq, time } of readAll(record).events) {
          expect(Number.isSafeInteger(seq) && seq >= 1 && Number.isFinite(time) && time >= 0).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('no record', () => {
  const spoil = (at: number, ...bytes: readonly number[]) => {
    const record = recordOf(received);
    record.set(bytes, at);
    return readRecord(record, 0);
  };

  it.each([
    ['an unknown type', 4, [eventTypes.length]],
    ['a length below the header', 0, [31, 0, 0, 0]],
    ['a length past the end', 0, [255, 0, 0, 0]],
    ['seq 0', 8, [0, 0, 0, 0, 0, 0, 0, 0]],
    ['time NaN', 16, [0, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
    ['time without end', 16, [0, 0, 0, 0, 0, 0, 0xf0, 0x7f]],
    ['no socket', 24, [0, 0, 0, 0]],
    ["a size that is not the data's", 28, [6, 0, 0, 0]],
    ['a host longer than the record', 34, [200]],
    ['a host that is not ASCII', 35, [0xff]],
  ])('%s', (_, at, bytes) => {
    expect(spoil(at, ...bytes)).toBeNull();
  });
});
