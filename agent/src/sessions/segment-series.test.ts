/** The files of a session at both ends: which are made, how they are left, and which go. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { preambleBytes, readPreamble, readSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { disk } from '../../test/broken-disk.ts';
import { eventsIn, readAll, tableAfter, temporaryFolder, testEpoch } from '../../test/disk.ts';
import { KeptSession } from './kept-session.ts';
import type { PlannedSegment } from './planned-segment.ts';
import { SegmentIndex } from './segment-index.ts';
import { SegmentSeries } from './segment-series.ts';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../test/broken-disk.ts')).brokenDisk(original),
);
afterEach(() => disk.become('sound'));

/** A series in a folder of its own, whose segments are stored as soon as they are begun. */
function begun() {
  const folder = temporaryFolder();
  const index = new SegmentIndex();
  onTestFinished(() => index.close());
  const pathOf = (number: number) => join(folder, `part.${number}`);
  const series = new SegmentSeries({ epoch: testEpoch, pathOf }, index);
  const store = async (first: number, count: number, standing: SocketState[] = []) => {
    const segment = series.plan(first, standing);
    await series.create(segment);
    index.add(segment);
    if (count > 0) await segment.write([{ block: blockOf(first, count), from: 0 }]);
    return segment;
  };
  return { folder, index, pathOf, series, store };
}

function blockOf(first: number, count: number): Block {
  const block = new Block(first, new Uint8Array(64 * count));
  for (let seq = first; seq < first + count; seq += 1)
    block.append({ seq, time: seq, socket: 1, type: 'paused' });
  return block;
}

function partsOf({ file }: PlannedSegment) {
  const bytes = readFileSync(file.path);
  const preamble = readPreamble(bytes);
  const headEnd = preambleBytes + (preamble?.headBytes ?? 0);
  const head = readSegmentHead(bytes.subarray(preambleBytes, headEnd));
  return { preamble, head, records: bytes.subarray(headEnd) };
}

describe('a segment that is begun', () => {
  it('has the next number, also when the one before it was never made', () => {
    const { series, pathOf } = begun();
    const paths = [1, 1, 9].map((first) => series.plan(first, []).file.path);
    expect(paths).toEqual([1, 2, 3].map(pathOf));
  });

  it('says what was stored before it, and what stood there', async () => {
    const { store } = begun();
    const standing = tableAfter([
      { seq: 1, time: 1, socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: null },
    ]);
    await store(1, 5);
    const { id: epoch, started } = testEpoch;
    const { pid } = process;
    const { head, preamble } = partsOf(await store(9, 2, standing));
    expect(head).toEqual({ epoch, started, pid, first: 9, follows: 5, standing });
    expect(preamble).toMatchObject({ state: 'open', last: null });
  });

  it.each(['full', 'broken', 'out of descriptors'] as const)(
    'leaves nothing behind when the disk is %s, and can be begun again',
    async (health) => {
      const { folder, series } = begun();
      const segment = series.plan(1, []);
      disk.become(health);
      await expect(series.create(segment)).rejects.toThrow('injected');
      expect(readdirSync(folder)).toEqual([]);
      disk.become('sound');
      await series.create(segment);
      expect(partsOf(segment).head?.first).toBe(1);
      await segment.file.close();
    },
  );

  it('tells what the disk said first, also when it does not let go of what there is', async () => {
    const { series } = begun();
    const segment = series.plan(1, []);
    const remove = vi.spyOn(segment.file, 'remove').mockRejectedValue(new Error('EROFS'));
    disk.become('full');
    await expect(series.create(segment)).rejects.toThrow('ENOSPC');
    expect(remove).toHaveBeenCalledOnce();
    await segment.file.close();
  });

  it('leaves a file alone that was there before', async () => {
    const { series, pathOf } = begun();
    writeFileSync(pathOf(1), 'not ours');
    await expect(series.create(series.plan(1, []))).rejects.toThrow('EEXIST');
    expect(readFileSync(pathOf(1), 'utf8')).toBe('not ours');
  });
});

describe('the newest segment, once it is left', () => {
  it('says its last event, and that more follows', async () => {
    const { series, store } = begun();
    const segment = await store(1, 5);
    await series.leaveTail();
    expect(partsOf(segment).preamble).toMatchObject({
      ...{ state: 'continued', last: 5 },
      size: statSync(segment.file.path).size,
    });
  });

  it('is gone when it has no events, and the one before it is as it was', async () => {
    const { folder, index, series, store } = begun();
    const first = await store(1, 5);
    await first.file.finish('continued', 5);
    const before = readFileSync(first.file.path);
    await store(9, 0);
    await series.leaveTail();
    expect(readdirSync(folder)).toEqual(['part.1']);
    expect(readFileSync(first.file.path)).toEqual(before);
    expect(index.segments).toEqual([first]);
  });

  it('stays without events when it is the first: the session is known by it', async () => {
    const { folder, index, series, store } = begun();
    const first = await store(1, 0);
    await series.leaveTail();
    expect(readdirSync(folder)).toEqual(['part.1']);
    expect(index.segments).toEqual([first]);
  });

  it('is left as it is by a disk that refuses, and nobody is told twice', async () => {
    const { series, store } = begun();
    const segment = await store(1, 5);
    disk.become('broken');
    await series.leaveTail();
    expect(partsOf(segment).preamble).toMatchObject({ state: 'open', last: null });
    expect(partsOf(segment).records).toHaveLength(blockOf(1, 5).used);
  });

  it('need not be there', async () => {
    const { folder, series } = begun();
    await series.leaveTail();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the oldest segment, when it goes', () => {
  it('leaves its head when it is the first: the session is known by that file', async () => {
    const { series, store, pathOf } = begun();
    const first = await store(1, 5);
    const second = await store(6, 5);
    await store(11, 5);
    expect(await series.dropOldest()).toBe(true);
    expect(partsOf(first)).toMatchObject({ head: { first: 1 }, records: { length: 0 } });
    expect(first.file.size).toBe(statSync(pathOf(1)).size);
    expect(await series.dropOldest()).toBe(true);
    expect(existsSync(second.file.path)).toBe(false);
  });

  it('is never the one that is being written', async () => {
    const { series, store, index } = begun();
    expect(await series.dropOldest()).toBe(false);
    const only = await store(1, 5);
    expect(await series.dropOldest()).toBe(false);
    expect(partsOf(only).records).toHaveLength(blockOf(1, 5).used);
    expect(index.events).toBe(5);
  });

  it('and is not let go is tried again before another one goes, and holds up none', async () => {
    const { series, store, index } = begun();
    const [first, second, third] = [await store(1, 5), await store(6, 5), await store(11, 5)];
    await store(16, 5);
    disk.become('broken');
    await expect(series.dropOldest()).rejects.toThrow('injected');
    await expect(series.dropOldest()).rejects.toThrow('injected');
    expect(index.first).toBe(11);

    disk.become('sound');
    expect([await series.dropOldest(), await series.dropOldest()]).toEqual([true, true]);
    expect(partsOf(first).records).toHaveLength(0);
    expect([second, third].map(({ file }) => existsSync(file.path))).toEqual([false, true]);
    expect(index.first).toBe(11);
    expect([await series.dropOldest(), await series.dropOldest()]).toEqual([true, false]);
  });

  it('takes its events with it and no others, whatever came before', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('store' as const), skip: fc.nat(3), count: fc.nat(4) }),
      fc.record({ do: fc.constant('drop' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { folder, index, pathOf, series, store } = begun();
        const model: number[][] = [];
        let next = 1;
        for (const taken of steps) {
          if (taken.do === 'drop') {
            const isDropped = await series.dropOldest();
            expect(isDropped).toBe(model.length > 1);
            if (isDropped) model.shift();
            continue;
          }
          const first = next + taken.skip;
          next = first + taken.count;
          await series.leaveTail();
          if (model.length > 1 && model.at(-1)?.length === 0) model.pop();
          await store(first, taken.count);
          model.push(Array.from({ length: taken.count }, (_, at) => first + at));
        }
        await index.close();
        const places = readdirSync(folder)
          .map((name) => Number(name.replace('part.', '')))
          .sort((one, other) => one - other)
          .map((number) => ({ path: pathOf(number), bytes: statSync(pathOf(number)).size }));
        const kept = await KeptSession.open(places);
        const read = kept === null ? [] : eventsIn(await readAll(kept));
        expect(read.map(({ seq }) => seq)).toEqual(model.flat());
        await kept?.close();
      }),
    );
  });
});
