/** A session on a disk that fails in every way, against a model that keeps everything in a plain list. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { disk } from '../../test/broken-disk.ts';
import { DiskRig, eventsIn, readAll, tableAfter, temporaryFolder } from '../../test/disk.ts';
import { heldEvent } from '../../test/journal-watch.ts';
import { SessionFolder } from './folder.ts';
import { Patience } from './patience.ts';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../test/broken-disk.ts')).brokenDisk(original),
);
afterEach(() => disk.become('sound'));

const sizes = {
  journalBytes: 8_192,
  journalEvents: 60,
  blockBytes: 1_024,
  segmentBytes: 4_096,
  storeBacklogBytes: 6_000,
  flushMs: 0,
  storeRetryMs: 100,
  storeStallMs: 60_000,
};
const id = '2026-11-21T04-24-05-00000000';

const socket = fc.integer({ min: 1, max: 4 });
const body = fc.oneof(
  fc.tuple(socket, fc.uint8Array({ maxLength: 700 })).map(([to, data]): EventBody => ({
    socket: to,
    type: 'received',
    size: data.length,
    data,
  })),
  socket.map((opened): EventBody => ({
    socket: opened,
    type: 'opened',
    family: 'inet',
    socketType: 'stream',
    label: null,
  })),
  socket.map((closed): EventBody => ({ socket: closed, type: 'closed' })),
);
const healths = fc.constantFrom(
  ...(['sound', 'short', 'full', 'nearly full', 'broken', 'out of descriptors', 'stuck'] as const),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), body }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('echo' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turns' as const), count: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), health: healths }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('later' as const), ms: fc.nat(150) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
const steps = fc.array(step, { maxLength: 120, size: 'max' });

class Story {
  readonly folder: string;
  readonly rig: DiskRig;
  removed = 0;
  #nowMs = 0;
  #heard: SocketEvent | null = null;
  #settled = 0;
  /** Files that the disk did not let go, to be tried again. */
  #refused = 0;

  constructor(folder: string, limits = sizes) {
    this.folder = folder;
    const pathOf = (number: number) => join(folder, number === 1 ? id : `${id}.${number}`);
    this.rig = new DiskRig({ ...limits, pathOf, nowMs: () => this.#nowMs });
    this.rig.journal.subscribe(() => {
      const { latest } = this.rig.journal;
      expect(latest).toBeGreaterThanOrEqual(this.#settled);
      this.#settled = latest;
    });
  }

  async take(taken: Step): Promise<void> {
    if (taken.do === 'append') this.#append(taken.body);
    else if (taken.do === 'echo') this.#echo();
    else if (taken.do === 'turns') for (let turn = 0; turn < taken.count; turn += 1) await setImmediate();
    else if (taken.do === 'disk') disk.become(taken.health);
    else if (taken.do === 'later') this.#nowMs += taken.ms;
    else if (taken.do === 'drop') await this.#drop();
    else if (disk.health !== 'stuck') await this.rig.journal.settle();
  }

  #append(appended: EventBody): void {
    const event = this.rig.append(appended);
    if (event.type !== 'received') return;
    this.rig.journal.keep(event.data);
    this.#heard = event;
  }

  #echo(): void {
    const heard = this.#heard;
    if (heard?.type !== 'received') return;
    this.rig.append({ socket: heard.socket, type: 'sent', size: heard.size, data: heard.data });
  }

  /** What the disk does not let go is gone for readers all the same. */
  async #drop(): Promise<void> {
    if (disk.health === 'stuck') return;
    const { session } = this.rig;
    const [oldest, next] = session.index.segments;
    const events = oldest && next ? session.index.countBetween(oldest.first, oldest.last) : 0;
    const answer = await session.dropOldest().catch(() => 'refused' as const);
    const isDropped = oldest !== undefined && !session.index.segments.includes(oldest);
    if (isDropped) this.removed += events;
    if (answer === 'refused') this.#refused += 1;
    else if (answer && !isDropped) this.#refused -= 1;
  }

  /** The disk is sound again, and everything that can be stored is; what should be gone is. */
  async recover(): Promise<void> {
    disk.become('sound');
    for (; this.#refused > 0; this.#refused -= 1) expect(await this.rig.session.dropOldest()).toBe(true);
    await this.rig.journal.settle();
    this.#nowMs += sizes.storeRetryMs;
    this.#append({ socket: 1, type: 'paused' });
    while (this.rig.journal.latest < this.rig.model.length) await this.rig.journal.settle();
  }
}

async function play(taken: readonly Step[]): Promise<Story> {
  disk.become('sound');
  disk.remains = 0;
  const story = new Story(temporaryFolder());
  await story.rig.session.prepare();
  for (const each of taken) await story.take(each);
  await story.recover();
  return story;
}

/** What was read is the model from an event on, but for gaps that say so and hide nothing. */
function expectTrue(
  read: Awaited<ReturnType<typeof readAll>>,
  model: readonly SocketEvent[],
  from = 1,
): void {
  let cursor = from;
  for (const stretch of read) {
    const [first, last] =
      stretch.kind === 'gap' ? [stretch.gap.from, stretch.gap.to] : [stretch.from, stretch.to];
    expect(first).toBe(cursor);
    expect(last).toBeGreaterThanOrEqual(first);
    if (stretch.kind === 'events') expect(eventsIn([stretch])).toEqual(model.slice(first - 1, last));
    else if (stretch.standing) expect(stretch.standing).toEqual(tableAfter(model.slice(0, last)));
    cursor = last + 1;
  }
  expect(cursor).toBe(model.length + 1);
}

describe('a session on a disk that may fail at any time', () => {
  it('is ordered, unique and gapless, or says what is missing and why', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { rig } = await play(taken);
        const read = await readAll(rig.journal);
        expectTrue(read, rig.model);
        for (const [index, stretch] of read.entries()) {
          if (stretch.kind !== 'gap') continue;
          // Two reasons may meet: what stands is known where events follow.
          if (read[index + 1]?.kind === 'events') expect(stretch.standing).not.toBeNull();
          const { from, to } = stretch.gap;
          expect(rig.session.index.countBetween(from, to)).toBe(0);
          for (let seq = from; seq <= to; seq += 1) expect(heldEvent(rig.journal, seq)).toBeNull();
        }
        await rig.session.end();
      }),
    );
  });

  it('counts what was not stored, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { rig, removed } = await play(taken);
        expect(rig.lost).toBe(rig.model.length - rig.session.index.events - removed);
        if (rig.lost > 0) expect(rig.failures).not.toEqual([]);
        await rig.session.end();
      }),
    );
  });

  it('opened again it is the same, byte for byte, with the same gaps', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { rig, folder } = await play(taken);
        await rig.session.end();
        // However often the disk took a beginning and then no event, no file is left for it but the session's first.
        const { segments } = rig.session.index;
        expect(segments.slice(1).filter(({ first, last }) => last < first)).toEqual([]);
        const sessions = new SessionFolder(folder);
        const kept = await sessions.open(id);
        if (kept === null) throw new Error('no session');
        const read = await readAll(kept);
        expectTrue(read, rig.model);
        await kept.close();
        // Two reasons may meet: what stands is known where events follow.
        for (const [index, stretch] of read.entries()) {
          if (stretch.kind === 'gap' && read[index + 1]?.kind === 'events')
            expect(stretch.standing).not.toBeNull();
        }
        // Where not even the beginning of a failed write could be cut off, more is there than was counted.
        if (disk.remains > 0) return;
        const gaps = (await readAll(onDisk(rig))).flatMap(gapOf);
        expect(read.flatMap(gapOf)).toEqual(gaps);
        expect(kept.tornBytes).toBe(0);
        const [info] = await sessions.list(null);
        expect(info).toMatchObject({ id, events: eventsIn(read).length, complete: gaps.length === 0 });
        await rig.session.index.close();
      }),
    );
  });
});

describe('a disk that does not answer', () => {
  it('holds nobody up: what happens is told, and counted once it answers again', async () => {
    const story = new Story(temporaryFolder(), { ...sizes, storeStallMs: 20 });
    const { rig } = story;
    await rig.session.prepare();
    const told: EventBody = { socket: 1, type: 'paused' };
    rig.append(told);
    await rig.journal.settle();
    disk.become('stuck');
    rig.append(told);
    await rig.journal.settle();
    expect(rig.failures).toHaveLength(1);
    await story.take({ do: 'later', ms: 10_000 });
    for (let count = 0; count < 100; count += 1) rig.append(told);
    expect(rig.journal.latest).toBe(102);
    disk.become('sound');
    await vi.waitFor(() => expect(rig.lost).toBeGreaterThan(0));
    await story.recover();
    expect(rig.failures).toHaveLength(1);
    expect(rig.lost).toBe(rig.model.length - rig.session.index.events);
    expect(rig.lost).toBeGreaterThan(90);
    await rig.session.end();
  });

  it('is given up once, after its time', () => {
    vi.useFakeTimers();
    const ended = vi.fn();
    const patience = new Patience(5_000, ended);
    vi.advanceTimersByTime(4_999);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ended).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(ended).toHaveBeenCalledOnce();
    patience.end();
    vi.useRealTimers();
  });
});

/** The session on disk alone, without the journal's memory. */
function onDisk({ session, model }: DiskRig) {
  return {
    epoch: { id: '', started: '' },
    first: 1,
    latest: model.length,
    gapAt: (cursor: number) => session.gapAt(cursor, model.length + 1),
    blockOf: (seq: number) => session.blockOf(seq),
    standingAfter: () => Promise.resolve(null),
    subscribe: () => () => undefined,
  };
}

const gapOf = (stretch: Awaited<ReturnType<typeof readAll>>[number]) =>
  stretch.kind === 'gap' ? [stretch.gap] : [];
