/** How far a kept session goes, by what its files say. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DiskRig, eventsIn, readAll, temporaryFolder } from '../../test/disk.ts';
import { KeptSession } from './kept-session.ts';

async function opened(path: string, bytes: number): Promise<KeptSession> {
  const kept = await KeptSession.open([{ path, bytes }]);
  if (kept === null) throw new Error('no session');
  onTestFinished(() => kept.close());
  return kept;
}

it('one that ended while it was looked at has lost nothing: what came since is not told yet', async () => {
  const folder = temporaryFolder();
  const rig = DiskRig.in(folder);
  await rig.session.prepare();
  const append = async () => {
    rig.append({ socket: 1, type: 'paused' });
    await rig.journal.settle();
  };
  await append();
  const path = join(folder, readdirSync(folder)[0] ?? '');
  const { size } = statSync(path);
  await append();
  await rig.session.end();

  const before = await opened(path, size);
  expect(await readAll(before)).toHaveLength(1);
  expect(before).toMatchObject({ latest: 1, hasEnded: false, isComplete: false });
  const after = await opened(path, statSync(path).size);
  expect(eventsIn(await readAll(after))).toEqual(rig.model);
  expect(after).toMatchObject({ hasEnded: true, isComplete: true });
});
