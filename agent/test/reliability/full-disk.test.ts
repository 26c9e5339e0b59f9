/** A disk without room, and a folder that goes away, under a real agent. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { bundled, startBoundCli, startCli } from '../cli.ts';
import { temporaryFolder } from '../disk.ts';
import { eventually } from '../eventually.ts';
import { line, serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const mebi = 1024 * 1024;

/** A file system of 3 MiB, or null where mounting is not permitted. */
function smallDisk(): string | null {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m,mode=700', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    // Not permitted here: the test that needs it is skipped, and counted as such.
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Sends the bytes through an echo and answers whether they came back as they were. */
async function echoes(port: number, bytes: Buffer): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const back: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => back.push(chunk));
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(back).equals(bytes);
}

interface Told {
  readonly dropped: number;
  readonly missing: number;
  readonly gaps: readonly string[];
  readonly last: number;
}

/** What the agent told of a session: how many events it said were lost, and how many are missing in its file. */
function countIn(lines: readonly string[]): Told {
  let [dropped, missing, last] = [0, 0, 0];
  const gaps: string[] = [];
  for (const text of lines) {
    const told = line.parse(JSON.parse(text));
    if (told.type === 'gap') {
      missing += told.to - told.from + 1;
      gaps.push(told.reason);
    } else if (told.type === 'dropped') dropped += told.count;
    last = told.type === 'gap' ? told.to : told.seq;
  }
  return { dropped, missing, gaps, last };
}

const warnings = ({ cli }: ServedAgent) => cli.output.stderr.split('\n').filter((text) => text !== '');

describe('a full disk never stops a socket', () => {
  test(
    'what was not stored is counted, storing resumes, and one warning an outage is enough',
    { timeout: 90_000 },
    async ({ skip }) => {
      const folder = smallDisk();
      if (folder === null) return skip('a small file system cannot be mounted here');
      const agent = await serveAgent(file, join(folder, 'sessions'));
      const follower = await agent.follow();
      const port = await agent.serve();
      const ballast = join(folder, 'ballast');
      writeFileSync(ballast, Buffer.alloc(mebi));

      for (let round = 0; round < 4; round += 1) expect(await echoes(port, randomBytes(2 * mebi))).toBe(true);
      await eventually(() => expect(follower.lines.join('\n')).toContain('"type":"dropped"'));
      expect(follower.lines.join('\n')).toContain('"reason":"disk"');
      // A retry may find a little room: each outage then has its warning, and tells its loss.
      const losses = () => follower.lines.filter((text) => text.includes('"type":"dropped"')).length;
      expect(warnings(agent).length).toBeGreaterThan(0);
      await eventually(() => expect(warnings(agent).length).toBeLessThanOrEqual(losses()));

      const storedEvents = async () => (await agent.sessions())[0]?.events ?? 0;
      const before = await storedEvents();
      rmSync(ballast);
      await eventually(
        async () => {
          expect(await echoes(port, Buffer.from('is there room again?'))).toBe(true);
          expect(countIn(await agent.lines()).gaps.filter((reason) => reason !== 'disk')).toEqual([]);
          // The newest events are on disk again: what was counted is all that is missing.
          expect(await storedEvents()).toBeGreaterThan(before);
        },
        { interval: 200 },
      );

      expect(await agent.kill('SIGTERM')).toBe(0);
      await follower.ended;
      expect(countIn(follower.lines)).toMatchObject({ missing: 0 });
      const reader = await serveAgent(file, join(folder, 'sessions'));
      const stored = countIn(await reader.lines(`/api/sessions/${agent.session}?format=json`));
      expect(stored.gaps.every((reason) => reason === 'disk')).toBe(true);
      expect(stored.missing).toBeGreaterThan(0);
      expect(stored.missing).toBe(countIn(follower.lines).dropped);
      expect((await reader.sessions()).find(({ id }) => id === agent.session)?.complete).toBe(false);
    },
  );

  test(
    'a data folder that goes away is told, sockets go on, and it may come back',
    { timeout: 60_000 },
    async () => {
      const folder = temporaryFolder();
      const [data, away] = [join(folder, 'sessions'), join(folder, 'elsewhere')];
      const agent = await serveAgent(file, data, ['--keep', '2MB']);
      const [port, page] = [await agent.serve(), await agent.page()];
      renameSync(data, away);
      for (let round = 0; round < 6; round += 1) expect(await echoes(port, randomBytes(mebi))).toBe(true);
      await eventually(() => expect(page.events.some(({ type }) => type === 'dropped')).toBe(true));
      expect(await agent.get('/api/sessions')).toMatchObject({ status: 200 });
      expect(warnings(agent).length).toBeLessThanOrEqual(3);
      mkdirSync(data, { mode: 0o700 });
      await eventually(
        async () => {
          expect(await echoes(port, randomBytes(mebi))).toBe(true);
          expect((await agent.sessions())[0]?.events).toBeGreaterThan(0);
        },
        { interval: 200 },
      );
      const numbers = page.events.map(({ seq }) => seq);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(await agent.kill('SIGTERM')).toBe(0);
    },
  );
});

const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot && !hasTool('setpriv'))(
  'a folder that becomes read-only is an outage like a full disk',
  async () => {
    const folder = temporaryFolder();
    const agent = await serveAgent(file, folder, ['--keep', '2MB'], isRoot ? startBoundCli : startCli);
    const [port, follower] = [await agent.serve(), await agent.follow()];
    chmodSync(folder, 0o500);
    onTestFinished(() => chmodSync(folder, 0o700));
    for (let round = 0; round < 6; round += 1) expect(await echoes(port, randomBytes(mebi))).toBe(true);
    await eventually(() => expect(follower.lines.join('\n')).toContain('"type":"dropped"'));
    expect(await agent.kill('SIGTERM')).toBe(0);
  },
);
