/** A file from the middle of a session that somebody takes away: what is said of its events, and of those around it. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SessionWriter } from '@socket-playground/shared/recording/export/session-writer.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { DiskRig, eventsIn, readAll, temporaryFolder, testEpoch } from '../../test/disk.ts';
import { originOf } from '../journal/source.ts';
import { KeptSession } from './kept-session.ts';

const gapsIn = (read: readonly Stretch[]) =>
  read.flatMap((stretch) => (stretch.kind === 'gap' ? [stretch.gap] : []));

async function opened(paths: readonly string[]): Promise<KeptSession> {
  const kept = await KeptSession.open(paths.map((path) => ({ path, bytes: statSync(path).size })));
  if (kept === null) throw new Error('no session');
  onTestFinished(() => kept.close());
  return kept;
}

/** A session of two files: of what lies between event 1 and event 9, those up to 5 were in a file that is gone. */
async function withoutMiddle(): Promise<KeptSession> {
  const folder = temporaryFolder();
  const paths = [
    { first: 1, follows: 0 },
    { first: 9, follows: 5 },
  ].map(({ first, follows }) => {
    const { id: epoch, started } = testEpoch;
    const block = new Block(first, new Uint8Array(256));
    block.append({ seq: first, time: first, socket: 1, type: 'paused' });
    const path = join(folder, `part.${first}`);
    const head = writeSegmentHead({ epoch, started, pid: 0, first, follows, standing: [] });
    writeFileSync(path, Buffer.concat([head, block.bytesFrom(0)]));
    return path;
  });
  return opened(paths);
}

const bothReasons = [
  { type: 'gap', from: 2, to: 5, reason: 'not-in-file' },
  { type: 'gap', from: 6, to: 8, reason: 'disk' },
];

it('while the session is written it is a gap that says so, storing goes on, and nothing counts as lost', async () => {
  const rig = DiskRig.in(temporaryFolder());
  onTestFinished(() => rig.session.index.close());
  const fill = async () => {
    for (let made = 0; made < 10; made += 1)
      rig.append({
        socket: 1,
        type: 'received',
        size: 200,
        data: new Uint8Array(200).fill(rig.model.length),
      });
    await rig.journal.settle();
  };
  await rig.session.prepare();
  for (let round = 0; round < 10; round += 1) await fill();
  const [, second] = rig.session.index.segments;
  if (second === undefined) throw new Error('no second segment');
  const { first: from, last: to, file } = second;
  rmSync(file.path);
  const told = gapsIn(await readAll(rig.journal));
  expect([...new Set(told.map(({ reason }) => reason))]).toEqual(['not-in-file']);
  expect([told[0]?.from, told.at(-1)?.to]).toEqual([from, to]);
  await fill();
  await rig.session.end();
  expect([rig.lost, rig.failures]).toEqual([0, []]);
  const left = rig.session.index.segments.filter((segment) => segment !== second);
  const read = await readAll(await opened(left.map((segment) => segment.file.path)));
  expect(gapsIn(read)).toEqual([{ type: 'gap', from, to, reason: 'not-in-file' }]);
  expect(eventsIn(read)).toEqual(rig.model.filter(({ seq }) => seq < from || seq > to));
});

it('while the newest of it is written it is an outage, which ends when there is a folder again', async () => {
  const folder = join(temporaryFolder(), 'sessions');
  mkdirSync(folder);
  const rig = DiskRig.in(folder, { storeRetryMs: 0 });
  onTestFinished(() => rig.session.index.close());
  const append = async () => {
    rig.append({ socket: 1, type: 'paused' });
    await rig.journal.settle();
  };
  await rig.session.prepare();
  await append();
  expect(rig.failures).toEqual([]);
  rmSync(folder, { recursive: true });
  await append();
  await append();
  expect(rig.failures.map(String)).toEqual([expect.stringMatching(/ was removed\.$/)]);

  mkdirSync(folder);
  await append();
  await rig.session.end();
  const last = rig.model.at(-1);
  const files = readdirSync(folder).map((name) => join(folder, name));
  expect(rig.lost).toBeGreaterThan(0);
  expect(eventsIn(await readAll(await opened(files))).at(-1)).toEqual(last);
});

it.each([
  // Nothing tells of a first file that has no head what was in it.
  { bytes: 0, reason: 'keep-limit' },
  { bytes: 100, reason: 'not-in-file' },
])(
  'the newest of it, cut to $bytes bytes while it is written, is an outage: what follows goes to another file, and can be read',
  async ({ bytes, reason }) => {
    const folder = temporaryFolder();
    const rig = DiskRig.in(folder, { storeRetryMs: 0 });
    onTestFinished(() => rig.session.index.close());
    const append = async () => {
      rig.append({ socket: 1, type: 'paused' });
      await rig.journal.settle();
    };
    await rig.session.prepare();
    await append();
    truncateSync(join(folder, 'part.1'), bytes);
    for (let time = 0; time < 4; time += 1) await append();
    expect(rig.failures.map(String)).toEqual([expect.stringMatching(/ was cut short by somebody else\.$/)]);
    expect(readFileSync(join(folder, 'part.1'))).toHaveLength(bytes);

    await rig.session.end();
    const read = await readAll(await opened(readdirSync(folder).map((name) => join(folder, name))));
    expect(gapsIn(read)[0]).toMatchObject({ from: 1, reason });
    expect(eventsIn(read).at(-1)).toEqual(rig.model.at(-1));
  },
);

it('the newest of it, cut short when nothing follows, is told once the session ends', async () => {
  const folder = temporaryFolder();
  const rig = DiskRig.in(folder);
  await rig.session.prepare();
  rig.append({ socket: 1, type: 'paused' });
  await rig.journal.settle();
  truncateSync(join(folder, 'part.1'));
  await rig.session.end();
  expect(rig.failures.map(String)).toEqual([expect.stringMatching(/ was cut short by somebody else\.$/)]);
});

it('what was stored and is gone has another reason than what the disk never took', async () => {
  expect(gapsIn(await readAll(await withoutMiddle()))).toEqual(bothReasons);
});

it('a copy of the session says the same', async () => {
  const kept = await withoutMiddle();
  const writer = new SessionWriter({ origin: originOf(kept.epoch), end: null });
  const pieces = [writer.start];
  for (const stretch of await readAll(kept)) pieces.push(...writer.write(stretch));
  const path = join(temporaryFolder(), 'copy');
  writeFileSync(path, Buffer.concat([...pieces, ...writer.end()]));
  expect(gapsIn(await readAll(await opened([path])))).toEqual(bothReasons);
});
