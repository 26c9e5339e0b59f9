/** Files that are there and cannot be read just now: what is said of their events, then and afterwards. */
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { disk } from '../../test/broken-disk.ts';
import { DiskRig, eventsIn, readAll, temporaryFolder, testEpoch } from '../../test/disk.ts';
import { SessionFolder } from './folder.ts';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../test/broken-disk.ts')).brokenDisk(original),
);
afterEach(() => disk.become('sound'));

const nameOf = (number: number) => `2026-11-21T04-24-05-0000000${number}`;

/** A session that this process is writing, or did, and nothing has happened in for long. */
function put(folder: string, name: string, pid: number): void {
  const { started } = testEpoch;
  const head = writeSegmentHead({ epoch: name, started, pid, first: 1, follows: 0, standing: [] });
  writeFileSync(join(folder, name), head);
  utimesSync(join(folder, name), 1, 1);
}

it('without a descriptor to read with events are a gap, and no longer than that', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const rig = DiskRig.in(temporaryFolder());
  onTestFinished(() => rig.session.end());
  await rig.session.prepare();
  for (let made = 0; made < 100; made += 1) {
    const data = new Uint8Array(200).fill(made);
    rig.append({ socket: 1, type: 'received', size: data.length, data });
    await rig.journal.settle();
  }
  disk.become('out of descriptors');
  const [missing] = await readAll(rig.journal);
  expect(missing).toMatchObject({ kind: 'gap', gap: { from: 1, reason: 'not-in-file' } });

  disk.become('sound');
  vi.advanceTimersByTime(1_000);
  expect(eventsIn(await readAll(rig.journal))).toEqual(rig.model);
});

it('whether another agent writes them is not known then: `--keep` leaves them alone and says why', async () => {
  const folder = temporaryFolder();
  const name = nameOf(0);
  put(folder, name, process.ppid);
  const sessions = new SessionFolder(folder);
  const onRefused = vi.fn();
  const enforce = () => sessions.enforce([{ is: 'bytes', most: 1 }], null, Date.now(), onRefused);
  await enforce();
  expect(onRefused).not.toHaveBeenCalled();
  disk.become('out of descriptors');
  await enforce();
  expect(readdirSync(folder)).toEqual([name]);
  expect(onRefused).toHaveBeenCalledOnce();
});

it('one that may never be read is kept as long as any other, and nothing is said of it', async () => {
  const folder = temporaryFolder();
  put(folder, nameOf(0), process.ppid);
  put(folder, nameOf(1), process.ppid);
  utimesSync(join(folder, nameOf(1)), new Date(), new Date());
  disk.become('not ours');
  const onRefused = vi.fn();
  const sessions = new SessionFolder(folder);
  await sessions.enforce([{ is: 'bytes', most: 1_000_000 }], null, Date.now(), onRefused);
  expect(readdirSync(folder)).toEqual([nameOf(0), nameOf(1)]);
  await sessions.enforce([{ is: 'bytes', most: 1 }], null, Date.now(), onRefused);
  // What was written just now may be another agent's.
  expect(readdirSync(folder)).toEqual([nameOf(1)]);
  expect(onRefused).not.toHaveBeenCalled();
});

it('however many there are, one is looked at after the other', async () => {
  const folder = temporaryFolder();
  for (let number = 0; number < 10; number += 1) put(folder, nameOf(number), 0);
  disk.mostOpen = 0;
  const onRefused = vi.fn();
  await new SessionFolder(folder).enforce([{ is: 'bytes', most: 1 }], null, Date.now(), onRefused);
  expect([readdirSync(folder), onRefused.mock.calls, disk.mostOpen]).toEqual([[], [], 1]);
});
