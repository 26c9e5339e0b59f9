import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { OwnState } from '@socket-playground/shared/events/state.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Journal } from './journal.svelte.ts';
import { at, numbered, opened, received, sent } from '../testing/events.ts';
import { Told } from '../testing/told.ts';

/** The same from objects, as the agent would tell it. */
function openAfter(events: readonly SocketEvent[], last: number) {
  const states = new Map<number, OwnState>();
  for (const event of events.filter(({ seq }) => seq <= last)) {
    applyTo(states, event);
    if (event.type === 'closed') states.delete(event.socket);
  }
  return [...states.values()];
}

const socket = fc.integer({ min: 1, max: 6 });
const fact = fc.oneof(
  socket.map((id): EventBody => opened(id)),
  socket.map((id): EventBody => ({ type: 'bound', socket: id, local: at(8000 + id) })),
  fc.tuple(socket, fc.string({ maxLength: 9 })).map(([id, text]): EventBody => sent(id, text)),
  fc.tuple(socket, fc.string({ maxLength: 9 })).map(([id, text]): EventBody => received(id, text)),
  socket.map((id): EventBody => ({ type: 'closed', socket: id })),
);

const small = { rows: 32, payloadBytes: 1e9 };
const frontOf = (journal: Journal) => {
  const row = journal.at(0);
  return row?.kind === 'gap' ? row : null;
};

describe('behind what the page dropped', () => {
  it('stand the sockets that the events before came to, however often rows went', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 60, maxLength: 300 }), (facts) => {
        const events = numbered(facts);
        const { journal } = new Told(new Journal(small)).take(events);
        journal.publish();
        const gap = frontOf(journal);
        expect(gap?.reason).toBe('page-limit');
        expect(gap?.standing).toEqual(openAfter(events, gap?.to ?? 0));
      }),
    );
  });

  it('stand those that the agent told of, where the page had missed events', () => {
    const told = new Told(new Journal(small)).tell(opened(1));
    const [state] = told.sockets.table.values();
    told.journal.gap({ from: 2, to: 9, reason: 'memory-limit' });
    told.journal.stand([{ ...state!, socket: 7, label: 'seen later' }]);
    told.take(
      numbered(
        Array.from({ length: 40 }, () => sent(7, 'x')),
        10,
      ),
    );
    told.journal.publish();
    const gap = frontOf(told.journal);
    expect(gap?.from).toBe(1);
    expect(gap?.standing).toEqual([
      { ...state!, socket: 7, label: 'seen later', bytesSent: gap!.to - 9, eventsSent: gap!.to - 9 },
    ]);
  });

  it('stand none of the run before', () => {
    const told = new Told(new Journal(small)).tell(opened(1), opened(2));
    told.journal.restart('2026-11-27T09:00:00.000Z');
    told.take(numbered(Array.from({ length: 40 }, (_, index) => opened(10 + index))));
    told.journal.publish();
    const gap = frontOf(told.journal);
    expect(gap?.run).toBe(1);
    expect(gap?.standing?.map((state) => state.socket)).toEqual(
      Array.from({ length: gap?.to ?? 0 }, (_, index) => 10 + index),
    );
  });

  it('count as what they hold, once', () => {
    const caps = { rows: 1e6, payloadBytes: 100_000 };
    const told = new Told(new Journal(caps)).tell(opened(1), opened(2), opened(3));
    const text = 'x'.repeat(200);
    for (let round = 0; round < 40; round += 1) {
      told.tell(...Array.from({ length: 100 }, () => sent(1, text)));
      const held = told.journal.length * text.length;
      if (round > 6) expect(held).toBeGreaterThan((caps.payloadBytes * 14) / 16);
      expect(held).toBeLessThanOrEqual((caps.payloadBytes * 17) / 16);
    }
  });
});
