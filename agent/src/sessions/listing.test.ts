/** What the list of sessions says of one that changes between two looks. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DiskRig, smallSizes, temporaryFolder } from '../../test/disk.ts';
import { SessionFolder } from './folder.ts';

it('a session that ended since is complete, though its end changed no size', async () => {
  const folder = temporaryFolder();
  const pathOf = () => join(folder, '2026-11-21T04-24-05-00000000');
  const rig = new DiskRig({ ...smallSizes, pathOf, nowMs: () => performance.now() });
  await rig.session.prepare();
  rig.append({ socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: null });
  await rig.journal.settle();
  const sessions = new SessionFolder(folder);
  const [running] = await sessions.list(null);
  await rig.session.end();
  const [ended] = await sessions.list(null);
  expect(running).toMatchObject({ complete: false });
  expect(ended).toEqual({ ...running, complete: true });
});
