/** Files that are there and cannot be read just now: what is said of their events, then and afterwards. */
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { disk } from '../../test/broken-disk.ts';
import { DiskRig, eventsIn, readAll, temporaryFolder } from '../../test/disk.ts';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../test/broken-disk.ts')).brokenDisk(original),
);
afterEach(() => disk.become('sound'));

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
