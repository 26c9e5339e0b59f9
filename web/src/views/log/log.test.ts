import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Journal } from '../../store/journal/journal.svelte.ts';
import { gapType } from '../../store/columns/row-block.ts';
import { noEnds } from '../../store/rows/ends.ts';
import { numbered, opened, received, sent } from '../../store/testing/events.ts';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { offsetAfter, offsetOf, scrollHeight, scrollTopOf, tallestPx } from '../../ui/scroll-window.ts';
import type { Sieve } from './filter/sieve.ts';
import { infoOf } from './info.ts';
import { moveOf } from './keys.ts';
import { cellsOf } from './row.ts';
import type { EventCells } from './row.ts';
import { Shown } from './shown.ts';
import { addressText } from './texts.ts';
import { duration, timeOf, timeText } from './time.ts';

const failed = {
  type: 'failed',
  socket: 1,
  during: 'connect',
  code: 'ECONNREFUSED',
  errno: 111,
  message: 'Nothing is listening on 127.0.0.1:9000.',
  hint: 'Open a server there, or check the port.',
} as const satisfies EventBody;

function journalOf(bodies: readonly EventBody[], rows = 1000): Journal {
  const journal = new Journal({ rows, payloadBytes: 1e9 });
  for (const event of numbered(bodies)) journal.append(event, noEnds, 0);
  journal.publish();
  return journal;
}

/** Every third event, and whatever is none. */
const everyThird: Sieve = ({ block, to }) =>
  Uint8Array.from({ length: to }, (_, slot) =>
    (block.types[slot] ?? 0) >= gapType || (block.seqs[slot] ?? 0) % 3 === 0 ? 1 : 0,
  );

describe('what is shown', () => {
  it('gives failures two units and finds every row by its unit', () => {
    const journal = journalOf([opened(1), failed, opened(2), failed, opened(3)]);
    const shown = new Shown(journal, null);
    shown.update(journal);
    expect(shown.units).toBe(7);
    expect([0, 1, 2, 3, 4].map((index) => shown.unitsBefore(index))).toEqual([0, 1, 3, 4, 6]);
    expect([0, 1, 2, 3, 4, 5, 6].map((unit) => shown.indexAtUnit(unit))).toEqual([0, 1, 1, 2, 3, 3, 4]);
  });

  it('grows with the journal like a list made anew, whatever the filter and the caps', () => {
    const body = fc.constantFrom<EventBody>(opened(1), failed, sent(2, 'x'));
    const batches = fc.array(fc.array(body, { maxLength: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(batches, fc.boolean(), (parts, filtered) => {
        const journal = new Journal({ rows: 32, payloadBytes: 1e9 });
        const matches: Sieve | null = filtered ? everyThird : null;
        const shown = new Shown(journal, matches);
        let seq = 1;
        for (const part of parts) {
          for (const event of numbered(part, seq)) journal.append(event, noEnds, 0);
          seq += part.length;
          journal.publish();
          shown.update(journal);
        }
        const fresh = new Shown(journal, matches);
        fresh.update(journal);
        expect(shown.units).toBe(fresh.units);
        expect(shown.length).toBe(fresh.length);
        expect(shown.positionAt(0)).toBe(fresh.positionAt(0));
        expect(shown.positionAt(shown.length - 1)).toBe(fresh.positionAt(fresh.length - 1));
      }),
    );
  });

  it('hides what Clear hid', () => {
    const journal = journalOf([opened(1), opened(2)]);
    journal.hideAll();
    const shown = new Shown(journal, null);
    expect(shown.length).toBe(0);
    const [event] = numbered([opened(3)], 3);
    journal.append(event!, noEnds, 0);
    shown.update(journal);
    expect(shown.positionAt(0)).toBe(2);
  });
});

describe('scrolling', () => {
  it('is one to one while a browser can make the element', () => {
    const extent = { contentPx: 10_000, viewPx: 500 };
    expect(scrollHeight(extent)).toBe(10_000);
    expect(offsetOf(1234, extent)).toBe(1234);
  });

  it('reaches both ends of any list, and comes back to where it was', () => {
    const sizes = fc.record({
      contentPx: fc.double({ min: 1, max: 1e9, noNaN: true }),
      viewPx: fc.double({ min: 1, max: 2000, noNaN: true }),
    });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const furthest = Math.max(0, extent.contentPx - extent.viewPx);
        const offset = part * furthest;
        expect(scrollHeight(extent)).toBeLessThanOrEqual(tallestPx);
        expect(offsetOf(scrollTopOf(offset, extent), extent)).toBeCloseTo(offset, 3);
      }),
    );
  });
});

describe('scrolling more than a browser can', () => {
  const extent = { contentPx: 48_000_000, viewPx: 400 };
  const middle = 20_000_000;

  it('moves by exactly what the wheel says', () => {
    const scrollTop = scrollTopOf(middle, extent);
    expect(offsetAfter(scrollTop + 120, middle, extent)).toBeCloseTo(middle + 120, 3);
    expect(offsetAfter(scrollTop - 40, middle, extent)).toBeCloseTo(middle - 40, 3);
  });

  it('goes where the scrollbar is dragged to, and to both ends', () => {
    expect(offsetAfter(tallestPx / 2, middle, extent)).toBeCloseTo(offsetOf(tallestPx / 2, extent), 3);
    expect(offsetAfter(0, 60, extent)).toBe(0);
    expect(offsetAfter(tallestPx - 400, 47_999_500, extent)).toBeCloseTo(47_999_600, 3);
  });
});

describe('times', () => {
  const base = { format: 'start', startedMs: 0 } as const;

  it('have six decimals, and what repeats recedes', () => {
    expect(timeOf(6_104_240_000, null, base)).toEqual({ same: '', fresh: '6.104240' });
    expect(timeOf(6_105_102_000, 6_104_240_000, base)).toEqual({ same: '6.10', fresh: '5102' });
    expect(timeOf(16_031_870_000, 14_480_262_000, base)).toEqual({ same: '', fresh: '16.031870' });
    expect(timeOf(5_000, 5_000, base)).toEqual({ same: '0.00000', fresh: '5' });
  });

  it('between rows recede up to the first digit that counts', () => {
    expect(timeOf(1_000_281_000, 1_000_000_000, { ...base, format: 'delta' })).toEqual({
      same: '0.000',
      fresh: '281',
    });
  });

  it('of day keep microseconds', () => {
    const startedMs = new Date(2026, 10, 21, 13, 4, 5, 999).getTime();
    expect(timeText(1_500_000, null, { format: 'clock', startedMs })).toBe('13:04:06.000500');
  });

  it.each([
    [281_000, '281 µs'],
    [6_300_000_000, '6.3 s'],
    [1_200_000, '1.2 ms'],
    [0, '0 ns'],
  ])('%i ns took %s', (ns, text) => {
    expect(duration(ns)).toBe(text);
  });
});

describe('a row', () => {
  it('shows no port where none is known, as of a fragment', () => {
    expect(addressText({ host: '::1', port: 0 })).toMatchObject({ host: '[::1]', port: '' });
    expect(addressText({ host: '10.0.0.1', port: 53 }).port).toBe(':53');
  });

  it.each([
    [opened(1), 'opened, stream, IPv4'],
    [
      { ...opened(1), family: 'inet6', socketType: 'dgram', label: 'probe' },
      'opened, datagram, IPv6, “probe”',
    ],
    [opened(3, 1), 'opened by #1'],
  ] as [SocketEvent, string][])('of what was opened says what it is', (event, text) => {
    expect(infoOf(event, () => null)).toEqual({ is: 'life', text });
  });

  it.each([
    [1, "1 datagram lost: the kernel's receive buffer was full"],
    [12, "12 datagrams lost: the kernel's receive buffer was full"],
  ])('of %i dropped datagrams says who lost them', (count, text) => {
    const event = { seq: 9, time: 1, socket: 1, type: 'dropped', count, reason: 'kernel-buffer' } as const;
    expect(infoOf(event, () => null)).toEqual({ is: 'life', text });
  });

  const refused = (offers: boolean, says: Readonly<Partial<Record<'message' | 'hint', string>>> = {}) => {
    const row = journalOf([{ ...failed, ...says }]).at(0)!;
    const ends = { ...noEnds, socketType: 'stream', remote: { host: '127.0.0.1', port: 9000 } } as const;
    const cells = cellsOf(row.kind === 'event' ? { ...row, ends } : row, {
      above: undefined,
      time: { format: 'start', startedMs: 0 },
      peerOf: () => null,
      offers,
    }) as EventCells;
    return cells.failure;
  };

  it('hides nothing that a file says', () => {
    const foul = { message: 'gone\u202e', hint: '\u001b[2J' };
    expect(refused(false, foul)).toMatchObject({
      message: String.raw`gone\u202e`,
      hint: String.raw`\x1b[2J`,
    });
    expect(addressText({ host: '10.0.0.1\u202e', port: 53 }).host).toBe(String.raw`10.0.0.1\u202e`);
  });

  it.each(['constructor', 'toString', '__proto__'])('says %s, a code from a file, as it came', (code) => {
    expect(infoOf({ seq: 1, time: 1, ...failed, code }, () => null)).toEqual({
      is: 'failure',
      code,
      text: `${failed.during} failed`,
    });
  });

  it('says of bytes that were left out that they are not here', () => {
    const event = { ...received(3, ''), seq: 1, time: 1, size: 16, captured: 0 };
    expect(infoOf(event, () => null)).toMatchObject({ empty: false, runs: [{ text: '(not here)' }] });
  });

  it('of a refused connection offers a server there', () => {
    expect(refused(true)).toEqual({
      message: 'Nothing is listening on 127.0.0.1:9000.',
      hint: ', or check the port.',
      action: { socketType: 'stream', address: { host: '127.0.0.1', port: 9000 } },
    });
  });

  it('offers it whatever the hint is worded like', () => {
    expect(refused(true, { hint: 'Start one.' })).toMatchObject({
      hint: '. Start one.',
      action: { socketType: 'stream' },
    });
  });

  it('of a recording keeps the hint and offers nothing', () => {
    expect(refused(false)).toEqual({
      message: 'Nothing is listening on 127.0.0.1:9000.',
      hint: 'Open a server there, or check the port.',
      action: null,
    });
  });
});

describe('keys', () => {
  const ground = { length: 100, page: 10, last: 42 };
  it.each([
    ['j', -1, 42],
    ['ArrowDown', 5, 6],
    ['k', 0, 0],
    ['PageDown', 95, 99],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['x', 50, null],
  ])('%s from %i goes to %s', (key, from, to) => {
    expect(moveOf(key, from, ground)).toBe(to);
  });

  it('move nothing in an empty log', () => {
    expect(moveOf('j', -1, { length: 0, page: 10, last: -1 })).toBeNull();
  });
});
