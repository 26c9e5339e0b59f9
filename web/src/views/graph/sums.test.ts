import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Journal } from '../../store/journal/journal.svelte.ts';
import { at, echoScene, numbered, opened, received, sent } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import { binsOf, binTime, binWidth } from './model.ts';
import { nearestRow } from './nearest.ts';
import { OwnEnds } from './own-ends.ts';
import { Sums } from './sums.ts';
import type { Scope } from './sums.ts';
import { binRows } from './table.ts';

const ms = 1e6;

const journalOf = (events: readonly SocketEvent[]): Journal => new Told().take(events).journal;

interface Window {
  readonly from: number;
  readonly to: number;
}
const whole: Window = { from: 0, to: 1_000 * ms };

function sumsOf(journal: Journal, { window = whole, scope = 'all', open = [] }: Options = {}): Sums {
  const own = new OwnEnds();
  const sums = new Sums(binsOf(window, 500), scope, own);
  for (const section of journal.sections(0, journal.dropped + journal.length)) {
    own.add(section);
    sums.add(section);
  }
  sums.settle(() => new Set(open));
  return sums;
}
interface Options {
  readonly window?: Window;
  readonly scope?: Scope;
  readonly open?: readonly number[];
}

const total = (column: Float64Array) => column.reduce((sum, each) => sum + each, 0);
const columnsOf = (sums: Sums) => [
  sums.toServer,
  sums.toClient,
  sums.chunksToServer,
  sums.chunksToClient,
  sums.open,
  sums.queued,
];

/** What a caller and its server do; times are made later. */
const doing = fc.oneof(
  fc.integer({ min: 0, max: 50 }).map((size): EventBody => sent(2, 'x'.repeat(size))),
  fc.integer({ min: 0, max: 50 }).map((size): EventBody => received(3, 'x'.repeat(size))),
  fc.integer({ min: 0, max: 50 }).map((size): EventBody => sent(3, 'x'.repeat(size))),
  fc.integer({ min: 1, max: 99 }).map((queued): EventBody => ({ type: 'blocked', socket: 3, queued })),
  fc.constant<EventBody>({ type: 'drained', socket: 3, queued: 0 }),
);
const story = fc.array(fc.tuple(doing, fc.integer({ min: 0, max: 30 * ms })), { maxLength: 60 });

function timed(steps: readonly (readonly [EventBody, number])[]): SocketEvent[] {
  let time = 0;
  const bodies = [...echoScene.map((body) => [body, ms] as const), ...steps];
  return bodies.map(([body, after], index) => ({ ...body, seq: index + 1, time: (time += after) }));
}

const sizeOf = (events: readonly SocketEvent[], socket: number, type: 'sent' | 'received') =>
  events.reduce((sum, event) => sum + (event.type === type && event.socket === socket ? event.size : 0), 0);

describe('the width of a bin', () => {
  it('is 1, 2 or 5 times a power of ten, and there are never too many', () => {
    expect([1, 3, 21, 499, 1_000_001].map((span) => binWidth(span, 10))).toEqual([1, 1, 5, 50, 200_000]);
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e18, noNaN: true }),
        fc.integer({ min: 1, max: 999 }),
        (span, most) => {
          const width = binWidth(span, most);
          expect(span / width).toBeLessThanOrEqual(most + 1e-6);
          expect(['1', '2', '5']).toContain(width.toExponential().charAt(0));
        },
      ),
    );
  });

  it('gives times with as many digits as tell them apart', () => {
    const bins = binsOf({ from: 1e9, to: 1.05e9 }, 250);
    expect(bins.widthNs).toBe(ms);
    expect(binTime(bins.first, bins)).toBe('1.000');
  });
});

describe('the sums of the bins', () => {
  it('equal the totals, whatever the window is cut into', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 5_000 }), (steps, stretch) => {
        const events = timed(steps);
        const window = { from: 0, to: (events.at(-1)?.time ?? 0) + stretch * ms };
        const sums = sumsOf(journalOf(events), { window });
        // Both ends are ours: what #2 sent is not counted again when #3 receives it.
        expect(total(sums.toServer)).toBe(sizeOf(events, 2, 'sent'));
        expect(total(sums.toClient)).toBe(sizeOf(events, 3, 'sent'));
        expect(total(sums.chunksToServer)).toBe(events.filter(({ type }) => type === 'received').length);
        const one = sumsOf(journalOf(events), { window, scope: 3 });
        expect(total(one.toServer)).toBe(sizeOf(events, 3, 'received'));
        expect(total(one.toClient)).toBe(sizeOf(events, 3, 'sent'));
        // The listener has no traffic of its own, and one connection.
        const listener = sumsOf(journalOf(events), { window, scope: 1 });
        expect(columnsOf(listener)).toEqual(columnsOf(one));
        expect(columnsOf(sumsOf(journalOf(events), { window, scope: 'none' })).map(total)).toEqual(
          Array(6).fill(0),
        );
      }),
    );
  });

  it('of a part are those of the whole there', () => {
    fc.assert(
      fc.property(story, fc.nat(900), fc.integer({ min: 1, max: 400 }), (steps, from, span) => {
        const events = timed(steps);
        const part = sumsOf(journalOf(events), { window: { from: from * ms, to: (from + span) * ms } });
        const { first, widthNs, count } = part.bins;
        const inside = events.filter(
          ({ time }) => time >= first * widthNs && time < (first + count) * widthNs,
        );
        expect(total(part.toServer)).toBe(sizeOf(inside, 2, 'sent'));
      }),
    );
  });

  it('are the same row by row, while the window moves on, as all at once', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const events = timed(steps);
        const [told, own] = [new Told(), new OwnEnds()];
        const { journal } = told;
        const span = 100 * ms;
        const windowAt = (time: number) => ({ from: Math.max(0, time - span), to: Math.max(span, time) });
        let sums = new Sums(binsOf(windowAt(0), 500), 'all', own);
        events.forEach((event, index) => {
          told.take([event]);
          const bins = binsOf(windowAt(event.time), 500);
          let from = index;
          if (!sums.moveTo(bins)) [sums, from] = [new Sums(bins, 'all', own), 0];
          for (const section of journal.sections(index, index + 1)) own.add(section);
          for (const section of journal.sections(from, index + 1)) sums.add(section);
          sums.settle(() => new Set());
        });
        const window = windowAt(events.at(-1)?.time ?? 0);
        expect(columnsOf(sums)).toEqual(columnsOf(sumsOf(journalOf(events), { window })));
      }),
    );
  });
});

describe('levels', () => {
  const closing: readonly EventBody[] = [
    { type: 'closed', socket: 2 },
    { type: 'closed', socket: 3 },
  ];

  it('hold from bin to bin and end with the last event', () => {
    const sums = sumsOf(journalOf(numbered([...echoScene, ...closing])));
    expect(sums.bins.widthNs).toBe(10 * ms);
    expect([...sums.open.slice(0, 3)]).toEqual([2, 1, 0]);
    expect(sums.reached).toBe(2);
  });

  it('know a connection by its end when its beginning is missing, and who is open by the sockets', () => {
    const told = new Told().tell(opened(1));
    const { journal } = told;
    journal.gap({ from: 2, to: 40, reason: 'memory-limit' });
    told.take(numbered([sent(9, 'x'), sent(9, 'y')], 41));
    const sums = sumsOf(journal, { open: [7, 9] });
    expect([...sums.open.slice(0, 5)]).toEqual([2, 2, 2, 2, 2]);
    expect(sums.missing).toEqual([{ fromNs: ms, toNs: 41 * ms, count: 39 }]);
  });

  it('count what waits to be written: blocked says it, sent takes from it, and nothing is left once drained', () => {
    const bodies: readonly EventBody[] = [
      ...echoScene,
      { type: 'blocked', socket: 2, queued: 800 },
      { type: 'paused', socket: 2 },
      sent(2, 'x'.repeat(300)),
      { type: 'drained', socket: 2, queued: 0 },
    ];
    const events = numbered(bodies).map((event) => ({ ...event, time: event.time * 10 }));
    const sums = sumsOf(journalOf(events));
    expect([...sums.queued.slice(8, 13)]).toEqual([0, 800, 800, 800, 500]);
  });
});

describe('another run', () => {
  it('begins anew: what was before is not shown with it', () => {
    const told = new Told().tell(...echoScene, sent(2, 'old'));
    const { journal } = told;
    journal.restart('2026-11-21T04:24:05.000Z');
    told.take(numbered([opened(1), sent(1, 'new!')]));
    const sums = sumsOf(journal);
    expect(total(sums.toServer) + total(sums.toClient)).toBe(4);
    expect([...sums.open.slice(0, 1)]).toEqual([0]);
    expect(nearestRow(journal, 0, () => true)).toBe(echoScene.length + 2);
  });

  it('gives numbers anew: who was a listener’s connection before is a stranger now', () => {
    const told = new Told().tell(...echoScene);
    const { journal } = told;
    journal.restart('2026-11-21T04:24:05.000Z');
    told.take(numbered([opened(1), opened(3), sent(3, 'new!')]));
    const stranger = sumsOf(journal, { scope: 3 });
    expect(total(stranger.toServer) + total(stranger.toClient)).toBe(4);
    expect(columnsOf(sumsOf(journal, { scope: 1 })).map(total)).toEqual(Array(6).fill(0));
  });
});

describe('datagrams', () => {
  it('between two sockets of ours count once, and those from outside count too', () => {
    const bytes = { size: 3, data: new Uint8Array(3) };
    const bodies: readonly EventBody[] = [
      { ...opened(1), type: 'opened', socket: 1, family: 'inet', socketType: 'dgram', label: null },
      { type: 'bound', socket: 1, local: at(9999) },
      { type: 'opened', socket: 2, family: 'inet', socketType: 'dgram', label: null },
      { type: 'bound', socket: 2, local: at(7000, '0.0.0.0') },
      { type: 'sent', socket: 2, remote: at(9999), ...bytes },
      { type: 'received', socket: 1, remote: at(7000), ...bytes },
      { type: 'received', socket: 1, remote: at(7001), ...bytes },
    ];
    const sums = sumsOf(journalOf(numbered(bodies)));
    expect(total(sums.toServer)).toBe(6);
    expect(total(sums.chunksToServer)).toBe(2);
  });
});

describe('what both ends of are ours', () => {
  it('counts once, also where the page dropped how they began before anybody looked', () => {
    const told = new Told(new Journal({ rows: 64, payloadBytes: 1e9 })).tell(...echoScene);
    for (let round = 0; round < 60; round += 1) told.tell(sent(2, 'ab'), received(3, 'ab'));
    const { journal } = told;
    expect(journal.at(0)).toMatchObject({ reason: 'page-limit' });
    const sums = sumsOf(journal);
    expect(total(sums.toServer)).toBe(2 * Math.ceil((journal.length - 1) / 2));
  });
});

describe('datagrams behind a gap', () => {
  it('from a port whose socket closed meanwhile come from outside', () => {
    const bytes = { size: 3, data: new Uint8Array(3) };
    const dgram = (socket: number): EventBody => ({
      type: 'opened',
      socket,
      family: 'inet',
      socketType: 'dgram',
      label: null,
    });
    const told = new Told().tell(
      ...[dgram(1), dgram(2)],
      { type: 'bound', socket: 1, local: at(9999) },
      { type: 'bound', socket: 2, local: at(7000) },
    );
    const states = [...told.sockets.table.values()];
    told.journal.gap({ from: 5, to: 9, reason: 'memory-limit' });
    told.journal.stand(states.filter(({ socket }) => socket === 1));
    told.take(numbered([{ type: 'received', socket: 1, remote: at(7000), ...bytes }], 10));
    expect(total(sumsOf(told.journal).toServer)).toBe(3);
  });
});

describe('the nearest row and the table', () => {
  it('is one of those that count', () => {
    const journal = journalOf(numbered([...echoScene, sent(2, 'a'), received(3, 'a'), sent(2, 'b')]));
    expect(nearestRow(journal, 10.1 * ms, () => true)).toBe(9);
    expect(nearestRow(journal, 10.1 * ms, (socket) => socket === 2)).toBe(10);
    expect(nearestRow(journal, 0, (socket) => socket === 99)).toBeNull();
  });

  it('lists the bins in which something was', () => {
    const { rows, left } = binRows(sumsOf(journalOf(numbered([...echoScene, sent(2, 'abc')]))));
    expect(left).toBe(0);
    expect(rows).toEqual([{ bin: 0, time: '0.00', cells: ['3', '0', '0', '0', '2', '0'] }]);
  });
});
