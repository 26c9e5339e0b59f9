/** A disk that is full for long, while little happens: it is tried again and again, and memory keeps what it has room for. */
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { disk } from '../../test/broken-disk.ts';
import { DiskRig, eventsIn, readAll, temporaryFolder } from '../../test/disk.ts';
import { eventually } from '../../test/eventually.ts';
import { limits } from '../limits.ts';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../test/broken-disk.ts')).brokenDisk(original),
);
afterEach(() => disk.become('sound'));

it('what was not stored can be read for as long as there is room, and storing goes on afterwards', async () => {
  const folder = temporaryFolder();
  let nowMs = 0;
  const rig = new DiskRig({
    ...limits,
    // A quarter of the attempts below, were each block as large as any other.
    journalBytes: 25 * limits.blockBytes,
    flushMs: 0,
    pathOf: (number) => join(folder, `part.${number}`),
    nowMs: () => nowMs,
  });
  onTestFinished(() => rig.session.end());
  const happen = async () => {
    nowMs += limits.storeRetryMs;
    rig.append({ socket: 1, type: 'paused' });
    rig.append({ socket: 1, type: 'resumed' });
    await rig.journal.settle();
  };
  await rig.session.prepare();
  await happen();
  disk.become('full');
  for (let second = 0; second < 100; second += 1) await happen();
  await eventually(async () => expect(eventsIn(await readAll(rig.journal))).toEqual(rig.model));

  disk.become('sound');
  await happen();
  await eventually(() => {
    expect(rig.lost).toBeGreaterThan(0);
    expect(rig.lost).toBe(rig.model.length - rig.session.index.events);
  });
  expect(rig.failures).toHaveLength(1);
});
