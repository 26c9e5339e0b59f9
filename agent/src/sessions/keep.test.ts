/** What `--keep` bounds while several agents share a folder. */
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { temporaryFolder, testEpoch } from '../../test/disk.ts';
import { SessionFolder } from './folder.ts';

const kept = '2026-11-21T04-24-05-00000001';
const ours = '2026-11-22T04-24-05-00000002';
const theirs = '2026-11-23T04-24-05-00000003';

/** Nothing here keeps a session from being removed. */
const refused = (error: unknown) => {
  throw error;
};

/** Puts a session of this many bytes there, as the agent of this number is writing it; 0 is one that is gone. */
function put(folder: string, id: string, bytes: number, pid: number): void {
  const head = writeSegmentHead({
    epoch: id,
    started: testEpoch.started,
    pid,
    first: 1,
    follows: 0,
    standing: [],
  });
  writeFileSync(join(folder, id), Buffer.concat([head, Buffer.alloc(bytes - head.length)]));
}

test('what another agent is writing counts for that agent alone, and for all once it has ended', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void other.kill('SIGKILL'));
  const folder = temporaryFolder();
  put(folder, kept, 1_000, 0);
  put(folder, ours, 1_000, process.pid);
  put(folder, theirs, 1_000_000, other.pid ?? 0);
  const sessions = new SessionFolder(folder);
  const enforce = (most: number) => sessions.enforce([{ is: 'bytes', most }], ours, Date.now(), refused);

  expect(await enforce(2_000)).toBe(0);
  expect(readdirSync(folder)).toEqual([kept, ours, theirs]);
  expect(await enforce(900)).toBe(100);
  expect(readdirSync(folder)).toEqual([ours, theirs]);

  put(folder, theirs, 1_000_000, 0);
  expect(await enforce(2_000)).toBe(0);
  expect(readdirSync(folder)).toEqual([ours]);
});
