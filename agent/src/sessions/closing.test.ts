/** Files of sessions are closed when nobody reads them any more, whatever went wrong. */
import { mkdirSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPreamble } from '@socket-playground/shared/recording/segment.ts';
import { DiskRig, eventsIn, readAll, temporaryFolder } from '../../test/disk.ts';
import { KeptSession } from './kept-session.ts';

const onLinux = it.skipIf(process.platform !== 'linux');

/** The one that lists them is closed by the time it is looked at. */
const targetOf = (descriptor: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return '';
  }
};
const openFilesIn = (folder: string) =>
  readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter((path) => path.startsWith(folder));

async function written(folder: string) {
  const rig = DiskRig.in(folder);
  await rig.session.prepare();
  rig.append({ socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: null });
  await rig.session.end();
  const path = join(folder, 'part.1');
  return { path, bytes: statSync(path).size };
}

onLinux('a session whose later file cannot be read leaves none of its files open', async () => {
  const folder = temporaryFolder();
  const first = await written(folder);
  // It opens, and reading it fails.
  const path = join(folder, 'part.2');
  mkdirSync(path);
  await expect(KeptSession.open([first, { path, bytes: 100 }])).rejects.toThrow('EISDIR');
  expect(openFilesIn(folder)).toEqual([]);
});

it('what happens while a session ends and after that leaves its files as they ended', async () => {
  const folder = temporaryFolder();
  const rig = DiskRig.in(folder);
  await rig.session.prepare();
  rig.append({ socket: 1, type: 'paused' });
  const disk = { isBusy: true };
  const ending = rig.session.end().finally(() => (disk.isBusy = false));
  // The disk is busy for many turns of the loop.
  for (let turn = 0; disk.isBusy; turn += 1) {
    if (turn < 500) rig.append({ socket: 1, type: 'resumed' });
    await new Promise(setImmediate);
  }
  await ending;
  // With a slow disk much has happened meanwhile, and there are several.
  const contents = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const ended = contents();
  rig.append({ socket: 1, type: 'closed' });
  await rig.journal.settle();
  expect(rig.journal.latest).toBe(rig.model.length);
  // What was not stored is there for as long as memory has room.
  const read = eventsIn(await readAll(rig.journal));
  const seqs = new Set(read.map(({ seq }) => seq));
  expect(read).toEqual(rig.model.filter(({ seq }) => seqs.has(seq)));
  expect([seqs.has(1), seqs.has(rig.model.length)]).toEqual([true, true]);
  expect(contents()).toEqual(ended);
  const preambles = ended.map((bytes) => ({ ...readPreamble(bytes), bytes: bytes.length }));
  const last = preambles.filter(({ state }) => state !== 'continued');
  expect(last).toMatchObject([{ state: 'ended', size: last[0]?.bytes }]);
});

onLinux('a read that comes after the end opens nothing again', async () => {
  const folder = temporaryFolder();
  const kept = await KeptSession.open([await written(folder)]);
  expect(kept?.latest).toBe(1);
  await kept?.close();
  expect(await kept?.blockOf(1)).toBeNull();
  expect(openFilesIn(folder)).toEqual([]);
});
