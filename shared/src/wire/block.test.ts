/** A block against a model that keeps its events in a plain list. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent } from '../../test/any-event.ts';
import { carriesBytes, isTransfer } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { indexOfBytes } from '../payload/find.ts';
import { Block } from './block.ts';
import { headerBytes, repeatBytes } from './layout.ts';
import { readBatch } from './read-record.ts';

/** A new event, or a transfer of the very bytes that an event before it had, as an echo is. */
const steps = fc.array(fc.tuple(anyEvent, fc.option(fc.nat(), { freq: 2 })), { maxLength: 40 });

function fill(given: readonly (readonly [SocketEvent, number | null])[], capacity = 1 << 20) {
  const block = new Block(5, new Uint8Array(capacity));
  const model: SocketEvent[] = [];
  for (const [event, echoed] of given) {
    const seq = 5 + model.length;
    const data = echoed === null || model.length === 0 ? null : block.dataOf(5 + (echoed % model.length));
    const next: SocketEvent =
      data !== null && isTransfer(event)
        ? { ...event, seq, data, size: data.length, captured: undefined }
        : { ...event, seq };
    if (block.append(next) === 'no-room') break;
    model.push(carriesBytes(next) ? { ...next, data: next.data.slice() } : next);
  }
  return { block, model };
}

const bare = (event: SocketEvent | null) => JSON.parse(JSON.stringify(event)) as unknown;
const cut = (event: SocketEvent, most: number): SocketEvent =>
  carriesBytes(event) && event.data.length > most
    ? { ...event, data: event.data.slice(0, most), captured: most }
    : event;

describe('a block', () => {
  it('gives every event as it was, whether its data were written or repeated', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { block, model } = fill(given);
        expect(block.last).toBe(4 + model.length);
        for (const event of model) expect(bare(block.event(event.seq))).toEqual(bare(event));
        expect([block.event(4), block.event(block.last + 1)]).toEqual([null, null]);
      }),
    );
  });

  it('writes the data of an echo once', () => {
    const data = new Uint8Array(1_000).fill(7);
    const event = { time: 1, socket: 1, size: 1_000 };
    const { block } = fill([
      [{ ...event, seq: 5, type: 'received', data }, null],
      [{ ...event, seq: 6, type: 'sent', data }, 0],
    ]);
    expect(block.used).toBeLessThan(1_000 + 100);
    expect(block.event(6)).toMatchObject({ type: 'sent', data });
  });

  it('read from its bytes is the same block, up to where they are torn', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (given, tear) => {
        const { block, model } = fill(given);
        const whole = block.bytesFrom(0).slice();
        const torn = whole.slice(0, tear % (whole.length + 1));
        const read = Block.read(torn);
        const kept = model.filter(({ seq }) => block.endOf(seq) <= torn.length);
        expect(read?.count ?? 0).toBe(kept.length);
        for (const event of kept) expect(bare(read?.event(event.seq) ?? null)).toEqual(bare(event));
      }),
    );
  });

  it('gives batches whose events are its own, cut, whole and within bounds', () => {
    const limits = fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.nat({ max: 300 }));
    fc.assert(
      fc.property(steps, limits, fc.nat({ max: 50 }), (given, [mostBytes, dataBytes], to) => {
        const { block, model } = fill(given);
        const events: SocketEvent[] = [];
        let next = block.first;
        for (let batch = block.batch(next, to, mostBytes, dataBytes); batch !== null;) {
          const read = readBatch(batch.bytes);
          expect(read.torn).toBe(false);
          expect(batch.bytes.length <= mostBytes || read.events.length === 1).toBe(true);
          events.push(...read.events);
          next = batch.next;
          batch = block.batch(next, to, mostBytes, dataBytes);
        }
        const wanted = model.filter(({ seq }) => seq <= to).map((event) => cut(event, dataBytes));
        expect(events.map(bare)).toEqual(wanted.map(bare));
      }),
    );
  });

  it('gives a batch data that come again once, and again where the first of them is not in it', () => {
    const data = new Uint8Array(100);
    const echo = { time: 1, socket: 1, size: data.length, data } as const;
    const received = { ...echo, seq: 1, type: 'received' } as const;
    const block = new Block(1, new Uint8Array(1_000));
    block.append(received);
    block.append({ ...echo, seq: 2, type: 'sent', data: block.dataOf(1) ?? data });

    const sizes = [1, 2].map((from) => block.batch(from, 2, 1_000, 60)?.bytes.length);
    expect(sizes).toEqual([headerBytes + 60 + headerBytes + repeatBytes, headerBytes + 60]);
  });

  it('gives a batch that begins behind the first of them data that come again once too', () => {
    const data = new Uint8Array(100).fill(7);
    const block = new Block(1, new Uint8Array(2_000));
    for (let seq = 1; seq <= 9; seq += 1) {
      const held = block.dataOf(1) ?? data;
      block.append({ seq, time: seq, socket: 1, type: 'received', size: data.length, data: held });
    }
    const batch = block.batch(4, 9, 1_000, 60);
    expect(batch?.bytes.length).toBe(6 * headerBytes + 60 + 5 * repeatBytes);
    const shown = { size: 100, captured: 60, data: data.slice(0, 60) };
    const { events } = readBatch(batch?.bytes ?? new Uint8Array(0));
    expect(events).toMatchObject([4, 5, 6, 7, 8, 9].map((seq) => ({ seq, time: seq, ...shown })));
  });

  it('finds exactly the events whose data contain the bytes', () => {
    fc.assert(
      fc.property(steps, fc.uint8Array({ minLength: 1, maxLength: 2 }), (given, needle) => {
        const { block, model } = fill(given);
        const wanted = model.filter((event) => carriesBytes(event) && indexOfBytes(event.data, needle) >= 0);
        expect(block.find(needle, 0, Infinity)).toEqual(wanted.map(({ seq }) => seq));
      }),
    );
  });

  it('takes no event it has no room for, and stays as it was', () => {
    const event = { seq: 5, time: 1, socket: 1, type: 'paused' } as const;
    const { block, model } = fill(
      Array.from({ length: 50 }, () => [event, null] as const),
      600,
    );
    expect(model.length).toBeGreaterThan(0);
    expect(model.length).toBeLessThan(50);
    expect(block.used).toBeLessThanOrEqual(600);
    expect(block.event(block.last)).toMatchObject({ type: 'paused' });
  });

  it('read from random bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Block.read(Uint8Array.from(bytes))?.count ?? 0).toBeLessThan(10);
      }),
    );
  });
});
