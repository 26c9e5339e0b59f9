/** What waits for a disk, and what is in the files once it was written: real blocks and files, on a disk that may fail. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPreamble } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { disk } from '../../test/broken-disk.ts';
import { temporaryFolder, testEpoch } from '../../test/disk.ts';
import type { PlannedSegment } from './planned-segment.ts';
import { SegmentIndex } from './segment-index.ts';
import { SegmentSeries } from './segment-series.ts';
import { WaitingBlocks } from './waiting-blocks.ts';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../test/broken-disk.ts')).brokenDisk(original),
);
afterEach(() => disk.become('sound'));

const blockBytes = 1_024;

interface Given {
  readonly block: Block;
  readonly segment: PlannedSegment;
}

/** Blocks that are filled one after the other, each given to a segment, and a list of all of them: the model. */
class Line {
  readonly waiting = new WaitingBlocks();
  readonly given: Given[] = [];
  readonly #series: SegmentSeries;
  /** Bytes of the files that hold no event. */
  readonly #heads = new Map<PlannedSegment, number>();
  #newest = 0;

  constructor() {
    const folder = temporaryFolder();
    const pathOf = (number: number) => join(folder, `part.${number}`);
    this.#series = new SegmentSeries({ epoch: testEpoch, pathOf }, new SegmentIndex());
  }

  /** A new block with one event, in the newest segment or in one of its own. */
  begin(inNewSegment: boolean): Given {
    const first = this.#newest + 1;
    const newest = this.given.at(-1)?.segment;
    const segment = newest === undefined || inNewSegment ? this.#series.plan(first, []) : newest;
    const given = { block: new Block(first, new Uint8Array(blockBytes)), segment };
    this.given.push(given);
    this.waiting.add(given.block, segment);
    this.grow(10);
    return given;
  }

  /** One more event in the newest block, when it has room. */
  grow(bytes: number): void {
    const block = this.given.at(-1)?.block ?? this.begin(true).block;
    const event = { seq: this.#newest + 1, time: 1, socket: 1, type: 'received' } as const;
    const data = new Uint8Array(bytes).fill(this.#newest);
    if (block.append({ ...event, size: bytes, data }) !== 'no-room') this.#newest += 1;
  }

  write(): Promise<void> {
    return this.waiting.write(async (segment) => {
      await this.#series.create(segment);
      this.#heads.set(segment, segment.file.size);
    });
  }

  /** Bytes of all blocks that are in no file. */
  get unwritten(): number {
    return this.given.reduce((sum, given) => sum + given.block.used - this.#writtenOf(given), 0);
  }

  /** The newest, and whatever is not in its file yet. */
  get expected(): number[] {
    const waits = (given: Given) => given === this.given.at(-1) || this.#writtenOf(given) < given.block.used;
    return this.given.filter(waits).map(({ block }) => block.first);
  }

  /** What the blocks given to a segment come to, and what is in its file. */
  contents(segment: PlannedSegment): { readonly blocks: Buffer; readonly file: Buffer } {
    const own = this.given.filter((given) => given.segment === segment);
    const blocks = Buffer.concat(own.map(({ block }) => block.bytesFrom(0)));
    return { blocks, file: readFileSync(segment.file.path).subarray(this.#heads.get(segment)) };
  }

  get segments(): PlannedSegment[] {
    return [...new Set(this.given.map(({ segment }) => segment))];
  }

  #writtenOf({ block, segment }: Given): number {
    const before = this.given.filter((given) => given.segment === segment && given.block.first < block.first);
    const start = before.reduce((sum, given) => sum + given.block.used, 0);
    const written = segment.file.size - (this.#heads.get(segment) ?? 0);
    return Math.min(block.used, Math.max(0, written - start));
  }
}

const preambleOf = ({ file }: PlannedSegment) => readPreamble(readFileSync(file.path));

/** Asks of every block whether it waits. */
const waitingOf = ({ waiting, given }: Line) =>
  given.map(({ block }) => block.first).filter((first) => waiting.has(first));

const happening = [
  { weight: 4, arbitrary: fc.record({ do: fc.constant('grow' as const), bytes: fc.nat(400) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('begin' as const), inNewSegment: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const) }) },
];
const healths = fc.constantFrom('sound', 'short', 'full', 'broken', 'out of descriptors');
const failing = { weight: 2, arbitrary: fc.record({ do: fc.constant('disk' as const), health: healths }) };
const onSoundDisk = fc.array(fc.oneof(...happening), { maxLength: 25, size: 'max' });
const onFailingDisk = fc.array(fc.oneof(...happening, failing), { maxLength: 25, size: 'max' });
type Step = typeof onFailingDisk extends fc.Arbitrary<(infer Value)[]> ? Value : never;

async function take(line: Line, taken: Step): Promise<void> {
  if (taken.do === 'grow') line.grow(taken.bytes);
  else if (taken.do === 'begin') line.begin(taken.inNewSegment);
  else if (taken.do === 'disk') disk.become(taken.health);
  else await line.write().catch((error: unknown) => expect(String(error)).toContain('injected'));
}

describe('blocks that wait for the disk', () => {
  it('are in their files, or wait: whole, once and in order, whatever the disk does', async () => {
    await fc.assert(
      fc.asyncProperty(onFailingDisk, async (taken) => {
        disk.become('sound');
        const line = new Line();
        for (const each of taken) {
          await take(line, each);
          expect(line.waiting.bytes).toBe(line.unwritten);
          expect(waitingOf(line)).toEqual(expect.arrayContaining(line.expected));
        }
        disk.become('sound');
        await line.write();
        expect([line.waiting.bytes, waitingOf(line)]).toEqual([0, line.expected]);
        for (const segment of line.segments) {
          const { blocks, file } = line.contents(segment);
          expect(file).toEqual(blocks);
        }
        for (const segment of line.segments) await segment.file.close();
      }),
    );
  });

  it('finish each file when the next is begun, with the last event that is in it', async () => {
    await fc.assert(
      fc.asyncProperty(onSoundDisk, async (taken) => {
        const line = new Line();
        for (const each of taken) await take(line, each);
        await line.write();
        const firsts = line.segments.map(({ first }) => first);
        const endings = line.segments.map((segment) => preambleOf(segment));
        expect(endings.map((ending) => [ending?.state, ending?.last])).toEqual(
          firsts.map((_, index) => {
            const next = firsts[index + 1];
            return next === undefined ? ['open', null] : ['continued', next - 1];
          }),
        );
        for (const segment of line.segments) await segment.file.close();
      }),
    );
  });

  it('take up room of their segment from when they are given to it', () => {
    const { segment } = new Line().begin(true);
    expect([segment.hasRoom(1, blockBytes), segment.hasRoom(1, blockBytes + 1)]).toEqual([false, true]);
  });

  it('may grow, and more may come, while they are written', async () => {
    const line = new Line();
    const { segment } = line.begin(true);
    await line.write();
    line.grow(100);
    disk.become('stuck');
    const writing = line.write();
    line.grow(100);
    line.begin(false);
    const later = line.begin(true);
    disk.become('sound');
    await writing;
    await line.write();
    expect(waitingOf(line)).toEqual([later.block.first]);
    for (const each of [segment, later.segment]) {
      const { blocks, file } = line.contents(each);
      expect(file).toEqual(blocks);
      await each.file.close();
    }
  });

  it('are written on in a file that is there: it is made once', async () => {
    const line = new Line();
    const made = vi.fn((segment: PlannedSegment) => segment.create(testEpoch, 0));
    const { segment } = line.begin(true);
    await line.waiting.write(made);
    line.grow(100);
    line.begin(false);
    await line.waiting.write(made);
    expect(made).toHaveBeenCalledExactlyOnceWith(segment);
    await segment.file.close();
  });

  it('keep their memory once they are given up, while a write of them is under way', async () => {
    const line = new Line();
    const { block, segment } = line.begin(true);
    await line.write();
    line.grow(100);
    disk.become('stuck');
    const writing = line.write();
    expect(block.memory).not.toBeNull();
    line.waiting.giveUp(() => undefined);
    expect([line.waiting.bytes, waitingOf(line)]).toEqual([0, []]);
    expect(block.memory).toBeNull();
    disk.become('sound');
    await writing;
    const { blocks, file } = line.contents(segment);
    expect(file).toEqual(blocks);
    await segment.file.close();
  });

  it('that are given up without a file are told of, with what stands before it', async () => {
    const line = new Line();
    const { segment } = line.begin(true);
    await line.write();
    const without = [line.begin(true), line.begin(false)];
    const passes = vi.fn<(block: Block, standing: () => unknown) => void>();
    line.waiting.giveUp(passes);
    expect(passes.mock.calls.map(([block]) => block)).toEqual(without.map(({ block }) => block));
    expect(passes.mock.calls[0]?.[1]()).toEqual([]);
    await segment.file.close();
  });

  it('that nobody waits for any more have memory for others', () => {
    const line = new Line();
    const { block } = line.begin(true);
    line.waiting.clear();
    expect([line.waiting.bytes, waitingOf(line)]).toEqual([0, []]);
    expect(block.memory).not.toBeNull();
  });
});
