import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import { memoryJournal } from '../../../test/memory-journal.ts';
import type { EventSource } from '../../journal/source.ts';
import { Outbox } from './outbox.ts';
import type { Recipient, Subscription } from './outbox.ts';

const limits = {
  flushMs: 8,
  floodFlushMs: 40,
  floodBytesPerMs: 50,
  floodEventsPerMs: 3,
  batchBytes: 420,
  batchEvents: 1_000,
  livePayloadBytes: 16,
  creditBytes: 100_000,
  linkQueueBytes: 840,
};
const journalLimits = { journalBytes: 1_000_000, journalEvents: 100_000, blockBytes: 1_000 };

/** Takes nothing from its queue until the test says so. */
class Stuck implements Recipient {
  readonly seqs: (number | string)[] = [];
  readonly batches: number[] = [];
  /** Events of each batch. */
  readonly counts: number[] = [];
  queued = 0;
  #taken: (() => void)[] = [];

  gap({ from, to }: { from: number; to: number }): void {
    this.seqs.push(`${from}-${to}`);
  }

  batch(bytes: Uint8Array, taken: () => void): void {
    const seqs = readBatch(bytes).events.map(({ seq }) => seq);
    this.seqs.push(...seqs);
    this.counts.push(seqs.length);
    this.batches.push(bytes.length);
    this.queued += bytes.length;
    this.#taken.push(taken);
  }

  take(): void {
    this.queued = 0;
    for (const taken of this.#taken.splice(0)) taken();
  }
}

/** Its queue is always empty. */
class Quick extends Stuck {
  override batch(bytes: Uint8Array, taken: () => void): void {
    super.batch(bytes, taken);
    this.queued = 0;
  }
}

function setUp(journalSizes = journalLimits, caps: Partial<typeof limits> = {}, dataBytes = 16) {
  const journal = memoryJournal({ limits: journalSizes, now: () => 0 });
  const outbox = new Outbox(journal, { ...limits, ...caps }, () => performance.now());
  const happen = (count: number) => {
    const data = new Uint8Array(dataBytes);
    const body: EventBody = { socket: 1, type: 'received', size: data.length, data };
    for (let made = 0; made < count; made += 1) journal.append(body);
  };
  return { journal, outbox, happen };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** Of a batch with one event. */
const leastBytes = 36;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what happens is sent at once when nothing was sent for a while, then at most every 8 ms', async () => {
  const { outbox, happen } = setUp();
  const page = new Stuck();
  outbox.add(page, 1).grant(10_000);
  await vi.advanceTimersByTimeAsync(100);
  happen(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(page.seqs).toEqual([1]);
  happen(2);
  await vi.advanceTimersByTimeAsync(6);
  expect(page.seqs).toEqual([1]);
  await vi.advanceTimersByTimeAsync(2);
  expect(page.seqs).toEqual([1, 2, 3]);
  expect(page.batches).toHaveLength(2);
});

test.each([
  ['of bytes', 3, 16],
  ['of events', 4, 0],
])('in a flood %s batches come every 40 ms, and every 8 ms again when it is over', async (_, each, bytes) => {
  const { outbox, happen } = setUp({ ...journalLimits, blockBytes: 100_000 }, { batchBytes: 10_000 }, bytes);
  const page = new Stuck();
  outbox.add(page, 1).grant(100_000);
  const flood = async (ms: number) => {
    const before = page.batches.length;
    for (let passed = 0; passed < ms; passed += 1) {
      happen(each);
      await vi.advanceTimersByTimeAsync(1);
      page.take();
    }
    return page.batches.length - before;
  };
  await flood(40);
  expect(await flood(400)).toBe(10);

  await vi.advanceTimersByTimeAsync(100);
  happen(1);
  await vi.advanceTimersByTimeAsync(1);
  page.take();
  happen(1);
  await vi.advanceTimersByTimeAsync(8);
  expect(page.seqs).toEqual(numbers(1, 440 * each + 2));
});

test('whoever is behind gets what is there without a pause', async () => {
  const { outbox, happen } = setUp({ ...journalLimits, blockBytes: 100_000 });
  const page = new Stuck();
  happen(1_000);
  outbox.add(page, 1).grant(100_000);
  for (let passed = 0; passed < 30; passed += 1) {
    await vi.advanceTimersByTimeAsync(8);
    page.take();
  }
  expect(page.seqs).toEqual(numbers(1, 1_000));
});

test('nothing is timed while there is nothing to send', async () => {
  const { outbox, happen } = setUp();
  happen(10);
  expect(vi.getTimerCount()).toBe(0);
  const subscription = outbox.add(new Stuck(), 1);
  subscription.grant(10_000);
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
  happen(1);
  expect(vi.getTimerCount()).toBe(1);
  subscription.end();
  expect(vi.getTimerCount()).toBe(0);
  happen(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('a page without credit gets nothing, and never more than its credit and one event', async () => {
  const { outbox, happen } = setUp();
  const page = new Stuck();
  const subscription = outbox.add(page, 1);
  happen(100);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.seqs).toEqual([]);
  subscription.grant(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.seqs).toEqual([1]);
  subscription.grant(2 * leastBytes - 1);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.seqs).toEqual([1, 2]);
});

test('credit does not pile up beyond its cap', async () => {
  const { outbox, happen } = setUp({ journalBytes: 10_000_000, journalEvents: 100_000, blockBytes: 100_000 });
  const page = new Stuck();
  const subscription = outbox.add(page, 1);
  for (let count = 0; count < 100; count += 1) subscription.grant(limits.creditBytes);
  happen(10_000);
  for (let count = 0; count < 500; count += 1) {
    await vi.advanceTimersByTimeAsync(10);
    page.take();
  }
  const sent = page.batches.reduce((sum, bytes) => sum + bytes, 0);
  expect(sent).toBeGreaterThan(limits.creditBytes - leastBytes);
  expect(sent).toBeLessThan(limits.creditBytes + leastBytes);
});

test('a page that does not read is not buffered for beyond one batch, and goes on when it reads again', async () => {
  const { outbox, happen } = setUp();
  const mute = new Stuck();
  outbox.add(mute, 1).grant(100_000);
  happen(1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(mute.queued).toBeLessThanOrEqual(limits.linkQueueBytes + limits.batchBytes);
  for (let count = 0; count < 100; count += 1) {
    mute.take();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(mute.seqs).toEqual(numbers(1, 1_000));
});

test('a page that does not read holds nobody up', async () => {
  const { outbox, happen } = setUp();
  const [mute, lively] = [new Stuck(), new Stuck()];
  for (const page of [mute, lively]) outbox.add(page, 1).grant(100_000);
  happen(1_000);
  for (let count = 0; count < 100; count += 1) {
    lively.take();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(lively.seqs).toEqual(numbers(1, 1_000));
  expect(mute.seqs.length).toBeLessThan(100);
});

test('whoever falls behind what is kept is told of the gap, in its place, once it reads', async () => {
  const { journal, outbox, happen } = setUp({
    journalBytes: 4_000,
    journalEvents: 100_000,
    blockBytes: 1_000,
  });
  const page = new Stuck();
  const subscription = outbox.add(page, 1);
  subscription.grant(1);
  happen(1);
  await vi.advanceTimersByTimeAsync(100);
  happen(500);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.seqs).toEqual([1]);
  subscription.grant(100_000);
  for (let count = 0; count < 20; count += 1) {
    page.take();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(page.seqs).toEqual([1, `2-${journal.first - 1}`, ...numbers(journal.first, 501)]);
});

test('a batch at a time: between two of a long journal the event loop turns', async () => {
  const { outbox, happen } = setUp();
  const page = new Quick();
  happen(1_000);
  outbox.add(page, 1).grant(100_000);
  outbox.flush();
  expect(page.batches).toHaveLength(1);
  expect(page.batches[0]).toBeLessThanOrEqual(limits.batchBytes);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.seqs).toEqual(numbers(1, 1_000));
});

test.each([1, 7, 64])(
  'a batch has at most %i events where that is its cap, and no fewer while more wait',
  async (most) => {
    const roomy = { journalBytes: 10_000_000, journalEvents: 100_000, blockBytes: 100_000 };
    const { outbox, happen } = setUp(roomy, { batchBytes: 100_000, batchEvents: most });
    const page = new Stuck();
    Object.defineProperty(page, 'queued', { get: () => 0, set: () => undefined });
    happen(3 * most + 1);
    outbox.add(page, 1).grant(100_000);
    await vi.advanceTimersByTimeAsync(100);
    expect(page.counts).toEqual([most, most, most, 1]);
    expect(page.seqs).toEqual(numbers(1, 3 * most + 1));
  },
);

/** A page that comes and goes. What it was told is one story, whoever else is here. */
class Visitor implements Recipient {
  readonly told: { from: number; to: number }[] = [];
  queued = 0;
  #taken: (() => void)[] = [];
  #subscription: Subscription | null = null;

  get next(): number {
    return (this.told.at(-1)?.to ?? 0) + 1;
  }

  come(outbox: Outbox): void {
    this.#subscription ??= outbox.add(this, this.next);
  }

  grant(bytes: number): void {
    this.#subscription?.grant(bytes);
  }

  leave(): void {
    this.#subscription?.end();
    this.#subscription = null;
    this.queued = 0;
    this.#taken = [];
  }

  gap({ from, to }: { from: number; to: number }): void {
    this.#hear(from, to);
  }

  batch(bytes: Uint8Array, taken: () => void): void {
    const { events } = readBatch(bytes);
    for (const { seq } of events) this.#hear(seq, seq);
    this.queued += bytes.length;
    this.#taken.push(taken);
  }

  take(): void {
    this.queued = 0;
    for (const taken of this.#taken.splice(0)) taken();
  }

  #hear(from: number, to: number): void {
    expect(this.#subscription).not.toBeNull();
    expect(from).toBe(this.next);
    expect(to).toBeGreaterThanOrEqual(from);
    this.told.push({ from, to });
  }
}

/** The same source, but each block is there only some time after it was asked for; 0: at once. */
function slowed(source: EventSource, waitsMs: Iterator<number>): EventSource {
  return {
    epoch: source.epoch,
    get first() {
      return source.first;
    },
    get latest() {
      return source.latest;
    },
    gapAt: (cursor) => source.gapAt(cursor),
    blockOf: (seq) => {
      const ms = Number(waitsMs.next().value);
      if (ms === 0) return source.blockOf(seq);
      return new Promise((resolve) => setTimeout(() => resolve(source.blockOf(seq)), ms));
    },
    standingAfter: (gap) => source.standingAfter(gap),
    subscribe: (listener) => source.subscribe(listener),
  };
}

const who = fc.nat(2);
const step = fc.oneof(
  fc.record({ do: fc.constant('happen' as const), count: fc.nat(30) }),
  fc.record({ do: fc.constant('later' as const), ms: fc.nat(30) }),
  fc.record({ do: fc.constant('grant' as const), who, bytes: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ do: fc.constantFrom('come' as const, 'take' as const, 'leave' as const), who }),
);

test('whoever comes, goes and comes back is told each event once, in order, or of its gap, and nothing when gone', async () => {
  const waits = fc.infiniteStream(fc.constantFrom(0, 0, 1, 20));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), waits, async (steps, waitsMs) => {
      const { journal, happen } = setUp({ journalBytes: 4_000, journalEvents: 100_000, blockBytes: 1_000 });
      const outbox = new Outbox(slowed(journal, waitsMs), limits, () => performance.now());
      const visitors = [new Visitor(), new Visitor(), new Visitor()];
      for (const taken of steps) {
        if (taken.do === 'happen') happen(taken.count);
        else if (taken.do === 'later') await vi.advanceTimersByTimeAsync(taken.ms);
        else if (taken.do === 'grant') visitors[taken.who]?.grant(taken.bytes);
        else if (taken.do === 'come') visitors[taken.who]?.come(outbox);
        else visitors[taken.who]?.[taken.do]();
      }
      for (const visitor of visitors) visitor.come(outbox);
      happen(1);
      for (let round = 0; round < 40; round += 1) {
        for (const visitor of visitors) {
          visitor.grant(limits.creditBytes);
          visitor.take();
        }
        await vi.advanceTimersByTimeAsync(50);
      }
      for (const visitor of visitors) {
        expect(visitor.next).toBe(journal.latest + 1);
        visitor.leave();
      }
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});

test('who leaves takes nobody along, and whoever comes afterwards hears what happens then', async () => {
  const { outbox, happen } = setUp();
  const [one, other] = [new Quick(), new Quick()];
  const subscriptions = [one, other].map((page) => outbox.add(page, 1));
  for (const subscription of subscriptions) subscription.grant(10_000);
  await vi.advanceTimersByTimeAsync(100);
  subscriptions[0]?.end();
  happen(1);
  await vi.advanceTimersByTimeAsync(100);
  expect([one.seqs, other.seqs]).toEqual([[], [1]]);
  subscriptions[1]?.end();
  const late = new Quick();
  outbox.add(late, 2).grant(10_000);
  await vi.advanceTimersByTimeAsync(100);
  happen(1);
  await vi.advanceTimersByTimeAsync(100);
  expect([other.seqs, late.seqs]).toEqual([[1], [2]]);
});
