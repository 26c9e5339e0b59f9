/** A kept session that the system does not let go: `--keep` holds for all that can be removed. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import type * as Files from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { smallSizes, temporaryFolder, testEpoch } from '../../test/disk.ts';
import { eventually } from '../../test/eventually.ts';
import { memoryJournal } from '../../test/memory-journal.ts';
import { DiskSessions } from './disk-sessions.ts';
import { SessionFolder } from './folder.ts';

const stuck = ['2026-11-19T04-24-05-00000001', '2026-11-19T04-24-05-00000003'];
const old = '2026-11-20T04-24-05-00000002';

class NotPermitted extends Error {
  readonly code = 'EPERM';
}

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Files>();
  const rm: typeof Files.rm = (path, options) =>
    stuck.includes(basename(String(path)))
      ? Promise.reject(new NotPermitted('injected'))
      : real.rm(path, options);
  return { ...real, rm };
});

const mebi = 1024 ** 2;

function put(folder: string, id: string): void {
  const { started } = testEpoch;
  const head = writeSegmentHead({ epoch: id, started, pid: 0, first: 1, follows: 0, standing: [] });
  writeFileSync(join(folder, id), Buffer.concat([head, Buffer.alloc(2 * mebi)]));
}

const mebibyteOf = (byte: number): EventBody => ({
  socket: 1,
  type: 'received',
  size: mebi,
  data: new Uint8Array(mebi).fill(byte),
});

/** Too much is kept in the folder: sessions that are stuck, and one that is not. */
function begin() {
  const path = temporaryFolder();
  for (const id of [...stuck, old]) put(path, id);
  const onKeepFailure = vi.fn();
  const sessions = new DiskSessions({
    folder: new SessionFolder(path),
    rules: [{ is: 'bytes', most: 2 * mebi }],
    epoch: testEpoch,
    limits: {
      ...smallSizes,
      storeBacklogBytes: 64 * mebi,
      keepCheckMs: 3_600_000,
      idleSessions: 1,
      idleSessionMs: 1,
    },
    nowMs: () => performance.now(),
    dateMs: () => Date.now(),
    onLost: () => undefined,
    onFailure: (error) => expect(error).toBeUndefined(),
    onKeepFailure,
  });
  onTestFinished(() => sessions.end());
  return { path, sessions, onKeepFailure };
}

it('stays; other sessions go, and the oldest part of the running one', async () => {
  const { path, sessions } = begin();
  await sessions.prepare();
  await eventually(() => expect(existsSync(join(path, old))).toBe(false));

  const journal = memoryJournal({ backing: sessions.backing, limits: smallSizes });
  for (let byte = 0; byte < 4; byte += 1) {
    journal.append(mebibyteOf(byte));
    await journal.settle();
  }
  await eventually(() => expect(sessions.backing.first).toBeGreaterThan(1));
  for (const id of stuck) expect(statSync(join(path, id)).size).toBeGreaterThan(2 * mebi);
});

it('is told of once a look, however many there are', async () => {
  const { path, sessions, onKeepFailure } = begin();
  // A session that begins looks once, and does not end before it has looked.
  await sessions.prepare();
  await sessions.end();
  expect(readdirSync(path).sort()).toEqual(stuck);
  expect(onKeepFailure.mock.calls).toEqual([[new NotPermitted('injected')]]);
});
