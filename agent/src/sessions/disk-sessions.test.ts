/** When the folder of sessions is looked at, and what is said when that fails. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Journal } from '../journal/journal.ts';
import { DiskRig, smallSizes, temporaryFolder, testEpoch } from '../../test/disk.ts';
import { eventually } from '../../test/eventually.ts';
import { DiskSessions } from './disk-sessions.ts';
import { SessionFolder } from './folder.ts';
import { KeptSession } from './kept-session.ts';

const keepCheckMs = 1;

function sessionsIn(folder: SessionFolder) {
  const [onFailure, onKeepFailure] = [vi.fn(), vi.fn()];
  const sessions = new DiskSessions({
    folder,
    rules: [],
    epoch: testEpoch,
    limits: { ...smallSizes, keepCheckMs, idleSessions: 1, idleSessionMs: 60_000 },
    nowMs: () => performance.now(),
    dateMs: () => Date.now(),
    onLost: () => undefined,
    onFailure,
    onKeepFailure,
  });
  onTestFinished(() => sessions.end());
  return { sessions, onFailure, onKeepFailure };
}

it('a folder that was refused is never looked at', async () => {
  const folder = new SessionFolder(temporaryFolder());
  vi.spyOn(folder, 'prepare').mockRejectedValue(new Error('refused'));
  const enforce = vi.spyOn(folder, 'enforce');
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { sessions } = sessionsIn(folder);
  await expect(sessions.prepare()).rejects.toThrow('refused');
  await vi.advanceTimersByTimeAsync(10 * keepCheckMs);
  expect(enforce).not.toHaveBeenCalled();
});

it('a check that failed is told as one, not as events that are not stored', async () => {
  const folder = new SessionFolder(temporaryFolder());
  vi.spyOn(folder, 'enforce').mockRejectedValue(new Error('no right'));
  const { sessions, onFailure, onKeepFailure } = sessionsIn(folder);
  await sessions.prepare();
  await eventually(() => expect(onKeepFailure).toHaveBeenCalled());
  expect(onFailure).not.toHaveBeenCalled();
});

it('a check that takes its time does not keep the session from ending in order', async () => {
  const path = temporaryFolder();
  const folder = new SessionFolder(path);
  let check = (_over: number): void => undefined;
  vi.spyOn(folder, 'enforce').mockReturnValue(new Promise((resolve) => (check = resolve)));
  const { sessions } = sessionsIn(folder);
  await sessions.prepare();
  const { backing } = sessions;
  const now = () => 1;
  const journal = new Journal({ epoch: testEpoch, limits: smallSizes, now, backing, standing: () => [] });
  journal.append({ socket: 1, type: 'paused' });
  const ended = sessions.end();
  await eventually(async () =>
    expect(await new SessionFolder(path).list(null)).toMatchObject([{ events: 1, complete: true }]),
  );
  check(0);
  await ended;
});

it('what is asked of a kept session soon after is answered from the same reading of it', async () => {
  const path = temporaryFolder();
  const id = '2026-11-21T04-24-05-00000000';
  const before = new DiskRig({ ...smallSizes, pathOf: () => join(path, id), nowMs: () => performance.now() });
  await before.session.prepare();
  before.append({ socket: 1, type: 'paused' });
  await before.session.end();

  const { sessions } = sessionsIn(new SessionFolder(path));
  await sessions.prepare();
  const readable = sessions.sessionsOf(before.journal);
  const [first, second] = [await readable.open(id), await readable.open(id)];
  expect(first?.source).toBeInstanceOf(KeptSession);
  expect(second?.source).toBe(first?.source);
  await Promise.all([first?.close(), second?.close()]);
});

it('a file that has the name of the new one already is left as it is', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'part.1');
  writeFileSync(path, 'of somebody else');
  await expect(DiskRig.in(folder).session.prepare()).rejects.toThrow('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe('of somebody else');
});
