/** Batches against a model that keeps the events of their block in a plain list. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, steps } from '../../test/filled-block.ts';
import { carriesBytes, socketEvent } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { Block } from './block.ts';
import { firstEventAt } from './packing.ts';
import { readBatch } from './unpack.ts';

const bare = (event: SocketEvent) => JSON.parse(JSON.stringify(event)) as unknown;
const cut = (event: SocketEvent, most: number): SocketEvent =>
  carriesBytes(event) && event.data.length > most
    ? { ...event, data: event.data.slice(0, most), captured: most }
    : event;

/** Times as a clock gives them; the events of `steps` have any. */
const edges = fc.constantFrom(0.5, 2 ** 7 - 1, 2 ** 7, 2 ** 14, 2 ** 28, 2 ** 35 - 1, 2 ** 35);
const clocked = fc
  .tuple(steps, fc.array(fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 2 ** 30 }), edges), { minLength: 1 }))
  .map(([drawn, waits]) => {
    let time = 0;
    return drawn.map(([event, echoed], index) => {
      time += waits[index % waits.length] ?? 0;
      return [{ ...event, time }, echoed] as const;
    });
  });
const given = fc.oneof(steps, clocked);

const everything = { bytes: Infinity, events: Infinity, dataBytes: Infinity };
const wholeBatch = (block: Block, caps = everything) =>
  block.batch(block.first, block.last, caps)?.bytes ?? new Uint8Array(0);

/** Echoes of one message on one socket, a microsecond apart. */
function echoes(
  count: number,
  { bytes = 64, from = 1, remote }: { bytes?: number; from?: number; remote?: SocketRemote } = {},
) {
  const block = new Block(from, new Uint8Array(1 << 16));
  const data = new Uint8Array(bytes).fill(7);
  for (let seq = from; seq < from + count; seq += 1) {
    const held = block.dataOf(from) ?? data;
    block.append({
      ...{
        seq,
        time: 1_000 * seq,
        socket: 1,
        type: seq % 2 === 0 ? 'sent' : 'received',
        size: bytes,
        data: held,
      },
      ...(remote && { remote }),
    });
  }
  return block;
}
type SocketRemote = { readonly host: string; readonly port: number };

describe('a batch', () => {
  it('has the events of its block, cut, in order and within its caps', () => {
    const caps = fc.record({
      bytes: fc.integer({ min: 1, max: 4_000 }),
      events: fc.integer({ min: 1, max: 12 }),
      dataBytes: fc.nat({ max: 300 }),
    });
    fc.assert(
      fc.property(given, caps, fc.nat({ max: 50 }), (drawn, most, to) => {
        const { block, model } = fill(drawn);
        const events: SocketEvent[] = [];
        let next = block.first;
        for (let batch = block.batch(next, to, most); batch !== null;) {
          const read = readBatch(batch.bytes);
          expect(read.torn).toBe(false);
          expect(batch.bytes.length <= most.bytes || read.events.length === 1).toBe(true);
          expect(read.events.length).toBeLessThanOrEqual(most.events);
          events.push(...read.events);
          next = batch.next;
          batch = block.batch(next, to, most);
        }
        const wanted = model.filter(({ seq }) => seq <= to).map((event) => cut(event, most.dataBytes));
        expect(events.map(bare)).toEqual(wanted.map(bare));
      }),
      { numRuns: 400 },
    );
  });

  it('has data that come again once, and again where the first of them is not in it', () => {
    const block = echoes(9, { bytes: 100 });
    const caps = { bytes: 1_000, events: 100, dataBytes: 60 };
    const [kind, since, socket, size, length] = [1, 2, 1, 1, 1];
    const first = kind + 1 + socket + size + length + 60;
    const again = kind + since;
    for (const from of [1, 4, 9]) {
      const { bytes } = block.batch(from, 9, caps) ?? { bytes: new Uint8Array(0) };
      const read = readBatch(bytes).events;
      const seqs = Array.from({ length: 10 - from }, (_, index) => from + index);
      expect(read).toMatchObject(seqs.map((seq) => ({ seq, time: 1_000 * seq, size: 100, captured: 60 })));
      for (const event of read) expect(carriesBytes(event) && event.data).toEqual(new Uint8Array(60).fill(7));
      expect(bytes.length).toBe(firstEventAt + first + (read.length - 1) * again);
    }
  });

  it('has an address that comes again once', () => {
    const remote = { host: '127.0.0.1', port: 40_000 };
    const addressed = wholeBatch(echoes(50, { remote }));
    expect(addressed.length - wholeBatch(echoes(50)).length).toBe(3 + remote.host.length);
    for (const event of readBatch(addressed).events) expect(event).toMatchObject({ remote });
  });

  it('cut at any byte gives the events before', () => {
    fc.assert(
      fc.property(given, fc.nat(), (drawn, place) => {
        const { block } = fill(drawn);
        fc.pre(block.count > 0);
        const whole = wholeBatch(block);
        const at = place % (whole.length + 1);
        const { events } = readBatch(whole);
        const read = readBatch(whole.slice(0, at));
        expect(read.events.map(bare)).toEqual(events.slice(0, read.events.length).map(bare));
        expect(read.torn).toBe(at !== whole.length && at !== endOf(block, read.events.length));
      }),
    );
  });

  it('is torn where the bytes of its block say two different things', () => {
    const block = echoes(5);
    const sizeAt = block.endOf(2) + 28;
    block.bytesFrom(sizeAt)[0] = 65;
    const { events, torn } = readBatch(wholeBatch(block));
    expect([events.map(({ seq }) => seq), torn]).toEqual([[1, 2], true]);
  });

  it('of any bytes, or with any byte damaged, gives nothing but events, and never throws', () => {
    const damaged = fc
      .tuple(given, fc.nat(), fc.integer({ min: 1, max: 255 }))
      .map(([drawn, place, flip]) => {
        const bytes = wholeBatch(fill(drawn).block);
        const at = place % Math.max(1, bytes.length);
        return bytes.map((byte, index) => (index === at ? byte ^ flip : byte));
      });
    const random = fc.uint8Array({ maxLength: 200 }).map((bytes) => {
      const begun = new Uint8Array(firstEventAt + bytes.length);
      new DataView(begun.buffer).setFloat64(0, 1, true);
      begun.set(bytes, firstEventAt);
      return begun;
    });
    fc.assert(
      fc.property(fc.oneof(damaged, random, fc.uint8Array({ maxLength: 20 })), (bytes) => {
        for (const event of readBatch(Uint8Array.from(bytes)).events)
          expect(socketEvent.safeParse(event).success).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a socket as before where none was', [1 + 64, 0, 0]],
    ['data as before where none were', [1 + 128, 0, 1]],
    ['a type that is none', [254, 0, 1, 2, 0x7b, 0x7d]],
    ['a number without end', [1, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 1, 0]],
    ['a size without end', [1 + 4, 0, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0]],
    ['data of no event', [1 + 8, 0, 1, 0, 1]],
    ['data of the event itself', [1 + 8, 0, 1, 0, 0]],
    ['an address as before where none was', [1 + 16 + 32, 0, 1, 0]],
    ['a transfer of no socket', [1, 0, 0, 0]],
    ['more data than there are', [1, 0, 1, 200]],
    ['more data than were moved', [1 + 4, 0, 1, 0, 1, 65]],
  ])('with %s is torn', (_, bytes) => {
    const begun = new Uint8Array([0, 0, 0, 0, 0, 0, 0xf0, 0x3f, ...new Uint8Array(8), ...bytes]);
    expect(readBatch(begun)).toEqual({ events: [], torn: true });
  });
});

/** Where a batch of the first so many events of the block ends. */
const endOf = (block: Block, count: number): number =>
  count === 0
    ? firstEventAt
    : (block.batch(block.first, block.first + count - 1, everything)?.bytes.length ?? 0);
