/** A block against a model that keeps its events in a plain list. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, steps } from '../../test/filled-block.ts';
import { carriesBytes } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import { indexOfBytes } from '../payload/find.ts';
import { Block } from './block.ts';

const bare = (event: SocketEvent | null) => JSON.parse(JSON.stringify(event)) as unknown;
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

  it('is none beyond the numbers that can be counted, and ends before them', () => {
    const numbered = (first: number, second: number) => {
      const block = new Block(1, new Uint8Array(1_000));
      for (const seq of [1, 2]) block.append({ seq, time: 0, socket: 1, type: 'paused' });
      const bytes = block.bytesFrom(0).slice();
      const view = new DataView(bytes.buffer);
      view.setFloat64(8, first, true);
      view.setFloat64(bytes.length / 2 + 8, second, true);
      return Block.read(bytes)?.count ?? 0;
    };
    for (const seq of [Infinity, -Infinity, NaN, 2 ** 53, 1.5, 0, -1])
      expect([seq, numbered(seq, seq + 1)]).toEqual([seq, 0]);
    expect(numbered(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1)).toBe(1);
    expect(numbered(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER)).toBe(2);
  });
});
