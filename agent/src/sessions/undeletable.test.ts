/** A kept session that the system does not let go: `--keep` holds for all that can be removed. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import type * as Files from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { smallSizes, temporaryFolder, testEpoch } from '../../test/disk.ts';
import { eventually } from '../../test/eventually.ts';
import { memoryJournal } from '../../test/memory-journal.ts';
import { DiskSessions } from './disk-sessions.ts';
import { SessionFolder } from './folder.ts';

const stuck = '2026-11-19T04-24-05-00000001';
const old = '2026-11-20T04-24-05-00000002';

class NotPermitted extends Error {
  readonly code = 'EPERM';
}

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Files>();
  const rm: typeof Files.rm = (path, options) =>
    String(path).endsWith(stuck) ? Promise.reject(new NotPermitted('injected')) : real.rm(path, options);
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

it('stays and is told of once a look; other sessions go, and the oldest part of the running one', async () => {
  const path = temporaryFolder();
  put(path, stuck);
  put(path, old);
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
  await sessions.prepare();
  await eventually(() => expect(existsSync(join(path, old))).toBe(false));

  const journal = memoryJournal({ backing: sessions.backing, limits: smallSizes });
  for (let byte = 0; byte < 4; byte += 1) {
    journal.append(mebibyteOf(byte));
    await journal.settle();
  }
  await eventually(() => expect(sessions.backing.first).toBeGreaterThan(1));
  expect(statSync(join(path, stuck)).size).toBeGreaterThan(2 * mebi);
  expect(onKeepFailure.mock.calls[0]).toEqual([new NotPermitted('injected')]);
});
