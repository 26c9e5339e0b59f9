import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { anyEvent } from '../../../../shared/test/any-event.ts';
import { blockRows } from './row-block.ts';
import { CapturedEnds } from '../rows/captured-ends.ts';
import { noEnds } from '../rows/ends.ts';
import { Journal } from '../journal/journal.svelte.ts';
import { limits } from '../limits.ts';
import { Positions } from '../journal/positions.ts';
import { numbered, sent } from '../testing/events.ts';

const kept = (event: SocketEvent): SocketEvent =>
  carriesBytes(event) && event.data.length > limits.prefixBytes
    ? { ...event, data: event.data.subarray(0, limits.prefixBytes), captured: limits.prefixBytes }
    : event;

/** What a segment says of its ends is kept as the row's. */
const endsAt = (event: SocketEvent) => (event.type === 'segment' ? new CapturedEnds().of(event) : noEnds);

describe('columns', () => {
  it('give back every event as it came; of a long payload the first bytes', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const journal = new Journal({ rows: 1e6, payloadBytes: 1e9 });
        for (const event of events)
          journal.append(event, endsAt(event), event.seq % 2 === 0 ? null : event.seq);
        events.forEach((event, index) => {
          const row = journal.at(index);
          expect(row).toMatchObject({ kind: 'event', offset: event.seq % 2 === 0 ? null : event.seq });
          expect(row?.kind === 'event' ? row.event : null).toEqual(kept(event));
        });
      }),
    );
  });

  it('hold a million rows whose payloads are as long as the agent sends them', () => {
    expect(limits.rows).toBeGreaterThanOrEqual(1_000_000);
    expect(limits.payloadBytes / Math.max(limits.prefixBytes, limits.objectBytes)).toBeGreaterThan(1_000_000);
  });

  it('keep no more of a payload than its first bytes, and say that it is cut', () => {
    const journal = new Journal();
    const data = new Uint8Array(limits.prefixBytes + 1);
    journal.append({ seq: 1, time: 1, socket: 1, type: 'sent', size: data.length, data }, noEnds, 0);
    expect(journal.at(0)).toMatchObject({ event: { size: data.length, captured: limits.prefixBytes } });
    expect(journal.lastCut).toBe(1);
  });

  it('are a copy: the batch that a payload came in may be used for another', () => {
    const journal = new Journal();
    const data = Uint8Array.of(1, 2, 3);
    journal.append({ seq: 1, time: 1, socket: 1, type: 'sent', size: 3, data }, noEnds, 0);
    data.fill(9);
    expect(journal.at(0)).toMatchObject({ event: { data: Uint8Array.of(1, 2, 3) } });
  });

  it('hand out the same row to whoever asks again, and rows across blocks', () => {
    const journal = new Journal({ rows: 2 * blockRows, payloadBytes: 1e9 });
    const count = 4 * blockRows;
    for (const event of numbered(Array.from({ length: count }, (_, n) => sent(1 + (n % 2), `${n}`)))) {
      journal.append(event, noEnds, 0);
      if (event.seq % 1000 === 0) journal.publish();
    }
    expect(journal.at(5)).toBe(journal.at(5));
    expect(journal.length).toBeLessThanOrEqual(2 * blockRows + 1000);
    // No more goes than has to, and what stays is what came last.
    expect(journal.length).toBeGreaterThan((2 * blockRows * 15) / 16);
    const kept = Array.from({ length: journal.length - 1 }, (_, index) => journal.at(index + 1));
    expect(kept.map((row) => row?.kind === 'event' && row.event.seq)).toEqual(
      kept.map((_, index) => count - kept.length + index + 1),
    );
    expect(journal.at(0)).toMatchObject({
      kind: 'gap',
      from: 1,
      to: count - kept.length,
      count: count - kept.length,
    });
    expect(journal.bySeq(count)).toBe(journal.at(journal.length - 1));
    expect(journal.bySeq(1)).toMatchObject({ kind: 'gap', reason: 'page-limit', from: 1 });
    const [first, last] = [journal.perSocket(2).at(0), journal.perSocket(2)];
    expect(first?.seq).toBeGreaterThan(journal.dropped);
    expect(last.at(last.length - 1)?.seq).toBe(count);
  });
});

describe('positions', () => {
  it('are a list that grows behind and shrinks in front, however far the positions rise', () => {
    const step = fc.record({
      drop: fc.nat(5),
      push: fc.array(fc.integer({ min: 1, max: 1e6 }), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 0, max: 2 ** 40 }), (steps, begin) => {
        const positions = new Positions();
        let model: number[] = [];
        let next = begin;
        for (const { drop, push } of steps) {
          positions.dropFront(drop);
          const gone = model[drop - 1];
          model = model.slice(drop);
          if (gone !== undefined) {
            positions.unshift(gone);
            model.unshift(gone);
          }
          for (const distance of push) {
            next += distance;
            positions.push(next);
            model.push(next);
          }
        }
        expect(Array.from({ length: positions.length }, (_, index) => positions.at(index))).toEqual(model);
        const middle = model[Math.floor(model.length / 2)] ?? 0;
        expect(positions.firstFrom(middle)).toBe(Math.max(0, model.indexOf(middle)));
        expect([positions.at(-1), positions.at(model.length)]).toEqual([undefined, undefined]);
      }),
    );
  });
});
