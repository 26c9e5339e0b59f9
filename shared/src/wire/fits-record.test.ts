import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyEvent } from '../../test/any-event.ts';
import { carriesBytes } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { sendQueueBytes, sessionLimits } from '../limits.ts';
import { fitsRecord } from './fits-record.ts';
import { readRecord } from './read-record.ts';
import { fieldsOf, roomFor, writeRecord } from './write-record.ts';

const host = fc.oneof(
  fc.constantFrom('127.0.0.1', 'größe', '例え', '\u{1f600}', 'h'.repeat(255), 'h'.repeat(256)),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const number = fc.constantFrom(0, 1, 600, sendQueueBytes, sendQueueBytes + 1, 2 ** 32 - 1, 2 ** 32);

/** Any event, as a file may have it that nobody checked. */
const foul = fc
  .record({ event: anyEvent, end: fc.record({ host, port: fc.nat(65_535) }), number, what: fc.nat(5) })
  .map(({ event, end, number: count, what }): SocketEvent => {
    if (what === 0 && event.socket !== null) return { ...event, socket: Math.max(1, count) };
    if (!carriesBytes(event)) return event;
    if (what === 1) return { ...event, size: count };
    if (what === 2) return { ...event, captured: event.data.length };
    if (what === 3) return { ...event, captured: count };
    if (what === 4) return event;
    return event.type === 'segment' ? { ...event, source: end, destination: end } : { ...event, remote: end };
  });

it('an event that says more than a record may does not fit, and is not read from one', () => {
  const words = (hint: string) => ({ during: 'connect', code: 'EIO', errno: null, message: '', hint });
  const event = (hint: string): SocketEvent => ({
    seq: 1,
    time: 0,
    socket: 1,
    type: 'failed',
    ...words(hint),
  });
  const most = sessionLimits.fieldsBytes - fieldsOf(event('')).length;
  const both = (hint: string) => {
    const room = new Uint8Array(roomFor(event(hint)));
    const end = writeRecord(event(hint), room, 0);
    return [fitsRecord(event(hint)), readRecord(room.subarray(0, end), 0) !== null];
  };
  expect(both('x'.repeat(most))).toEqual([true, true]);
  expect(both('x'.repeat(most + 1))).toEqual([false, false]);
});

it('no socket moves more at once than waits in a send queue', () => {
  const event = (size: number): SocketEvent => {
    const data = Uint8Array.of(1);
    return { seq: 1, time: 0, socket: 1, type: 'received', size, data, captured: 1 };
  };
  const both = (size: number) => {
    const room = new Uint8Array(roomFor(event(size)));
    return [
      fitsRecord(event(size)),
      readRecord(room.subarray(0, writeRecord(event(size), room, 0)), 0) !== null,
    ];
  };
  expect(both(sendQueueBytes)).toEqual([true, true]);
  expect(both(sendQueueBytes + 1)).toEqual([false, false]);
});

it('an event fits when the same is read again from its record, and only then', () => {
  fc.assert(
    fc.property(foul, (event) => {
      const room = new Uint8Array(roomFor(event));
      writeRecord(event, room, 0);
      const read = readRecord(room, 0)?.event;
      expect(fitsRecord(event)).toBe(isDeepStrictEqual(read, structuredClone(event)));
    }),
    { numRuns: 2_000 },
  );
});
