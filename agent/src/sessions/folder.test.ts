/** The folder of sessions: who may read it, what goes when it is too much, and what damage and strangers do to it. */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { typeNumber } from '@socket-playground/shared/events/type-number.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import {
  DiskRig,
  eventsIn,
  readAll,
  smallSizes,
  tableAfter,
  temporaryFolder,
  testEpoch,
} from '../../test/disk.ts';
import { DiskSessions } from './disk-sessions.ts';
import { FolderError, SessionFolder } from './folder.ts';
import type { KeepRule } from './keep.ts';

const posixOnly = it.skipIf(process.platform === 'win32');
const id = '2026-11-21T04-24-05-00000000';
const other = (number: number) => `2026-11-2${number}T04-24-05-0000000${number}`;
const hourMs = 3_600_000;
/** Nothing here keeps a session from being removed. */
const refused = (error: unknown) => {
  throw error;
};

function rigIn(folder: string, session = id): DiskRig {
  const pathOf = (number: number) => join(folder, number === 1 ? session : `${session}.${number}`);
  const rig = new DiskRig({ ...smallSizes, pathOf, nowMs: () => performance.now() });
  onTestFinished(() => rig.session.index.close());
  return rig;
}

function fill(rig: DiskRig, count: number): void {
  rig.append({ socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: null });
  for (let made = 0; made < count; made += 1) {
    const data = new Uint8Array(200).fill(made);
    const event = rig.append({ socket: 1, type: 'received', size: data.length, data });
    if (event.type === 'received')
      rig.append({ socket: 1, type: 'sent', size: event.size, data: event.data });
  }
}

/** A session that ended in order, of several segments. */
async function written(folder: string, session = id, count = 60): Promise<DiskRig> {
  const rig = rigIn(folder, session);
  await rig.session.prepare();
  fill(rig, count);
  await rig.session.end();
  return rig;
}

async function opened(folder: string, session = id) {
  const kept = await new SessionFolder(folder).open(session);
  if (kept === null) throw new Error('no session');
  onTestFinished(() => kept.close());
  return kept;
}

const list = (folder: string) => new SessionFolder(folder).list(null);
const pathsOf = (folder: string, session = id) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(session))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .map((name) => join(folder, name));

describe('who may read it', () => {
  posixOnly(
    'files are readable and writable for their owner only, in a folder of the same kind',
    async () => {
      const folder = join(temporaryFolder(), 'made', 'for', 'it');
      await new SessionFolder(folder).prepare();
      await written(folder);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const path of pathsOf(folder)) expect(statSync(path).mode & 0o777).toBe(0o600);
    },
  );

  posixOnly('a folder that is open to others and holds other things is refused with words', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'holiday.jpg'), '');
    chmodSync(folder, 0o755);
    const refused = new SessionFolder(folder).prepare();
    await expect(refused).rejects.toThrow(FolderError);
    await expect(refused).rejects.toThrow('holiday.jpg');
    expect(statSync(folder).mode & 0o777).toBe(0o755);
    // It may hold them once it is nobody else's.
    chmodSync(folder, 0o700);
    await new SessionFolder(folder).prepare();
  });

  posixOnly('one with nothing but sessions in it is closed to others', async () => {
    const folder = temporaryFolder();
    await written(folder);
    chmodSync(folder, 0o755);
    await new SessionFolder(folder).prepare();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

describe('how much is kept', () => {
  async function running(folder: string, rules: readonly KeepRule[]) {
    const sessions = new DiskSessions({
      folder: new SessionFolder(folder),
      rules,
      epoch: testEpoch,
      limits: { ...smallSizes, keepCheckMs: hourMs, idleSessions: 1, idleSessionMs: hourMs },
      nowMs: () => performance.now(),
      dateMs: () => Date.now(),
      onLost: () => undefined,
      onFailure: (error) => expect(error).toBeUndefined(),
      onKeepFailure: (error) => expect(error).toBeUndefined(),
    });
    await sessions.prepare();
    return sessions;
  }

  it('whole old sessions go first, oldest first, by size', async () => {
    const folder = temporaryFolder();
    for (const number of [1, 2, 3]) {
      await written(folder, other(number));
      for (const path of pathsOf(folder, other(number))) utimesSync(path, number, number);
    }
    const each = pathsOf(folder, other(1)).reduce((sum, path) => sum + statSync(path).size, 0);
    const sessions = new SessionFolder(folder);
    expect(await sessions.enforce([{ is: 'bytes', most: 2 * each }], null, Date.now(), refused)).toBe(0);
    expect((await list(folder)).map((info) => info.id)).toEqual([other(3), other(2)]);
  });

  it('sessions that are too old go, and no other', async () => {
    const folder = temporaryFolder();
    for (const number of [1, 2]) await written(folder, other(number));
    const old = (Date.now() - 3 * hourMs) / 1_000;
    for (const path of pathsOf(folder, other(1))) utimesSync(path, old, old);
    await new SessionFolder(folder).enforce([{ is: 'age', mostMs: 2 * hourMs }], null, Date.now(), refused);
    expect((await list(folder)).map((info) => info.id)).toEqual([other(2)]);
  });

  it('then the oldest part of the running session: a gap that says why, and what stood at its end', async () => {
    const folder = temporaryFolder();
    const rig = rigIn(folder);
    await rig.session.prepare();
    for (let round = 0; round < 10; round += 1) {
      fill(rig, 10);
      await rig.journal.settle();
    }
    await rig.session.end();
    await rig.session.dropOldest();
    await rig.session.dropOldest();
    const kept = await opened(folder);
    for (const source of [kept, rig.journal]) {
      const [gap, next] = await readAll(source);
      if (gap?.kind !== 'gap') throw new Error('no gap');
      expect(gap.gap).toMatchObject({ from: 1, reason: 'keep-limit' });
      expect(gap.standing).toEqual(tableAfter(rig.model.slice(0, gap.gap.to)));
      expect(next?.kind).toBe('events');
    }
    const [info] = await list(folder);
    expect(info).toMatchObject({ complete: false, events: rig.session.index.events });
    expect(eventsIn(await readAll(kept))).toEqual(rig.model.slice(-rig.session.index.events));
    // The file that the session is known by stays.
    expect(pathsOf(folder)[0]).toBe(join(folder, id));
  });

  it('never the segment that is being written', async () => {
    const rig = rigIn(temporaryFolder());
    await rig.session.prepare();
    expect(await rig.session.dropOldest()).toBe(false);
    await rig.session.end();
  });

  it('never a session that another living agent writes, also while a full disk keeps it from writing', async () => {
    const folder = temporaryFolder();
    const agent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    onTestFinished(() => void agent.kill('SIGKILL'));
    const head = { epoch: 'e', started: testEpoch.started, first: 1, follows: 0, standing: [] };
    writeFileSync(join(folder, other(1)), writeSegmentHead({ ...head, pid: agent.pid ?? 0 }));
    await written(folder, other(2));
    const stalled = readFileSync(join(folder, other(1)));
    stalled[10] = 1;
    const sessions = new SessionFolder(folder);
    for (const bytes of [readFileSync(join(folder, other(1))), stalled]) {
      writeFileSync(join(folder, other(1)), bytes);
      await sessions.enforce(
        [
          { is: 'bytes', most: 1 },
          { is: 'age', mostMs: 0 },
        ],
        null,
        Date.now() + hourMs,
        refused,
      );
      expect((await list(folder)).map((info) => info.id)).toEqual([other(1)]);
    }
  });

  it('never one that has just been made and has no bytes yet', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, other(1)), '');
    const sessions = new SessionFolder(folder);
    await sessions.enforce([{ is: 'bytes', most: 0 }], null, Date.now() + 1_000, refused);
    expect(readdirSync(folder)).toEqual([other(1)]);
    await sessions.enforce([{ is: 'age', mostMs: hourMs }], null, Date.now() + 2 * hourMs, refused);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that of a killed agent goes, also when its number is ours or nobody's by now", async () => {
    const folder = temporaryFolder();
    const head = { epoch: 'e', started: testEpoch.started, first: 1, follows: 0, standing: [] };
    for (const [number, pid] of [process.pid, 0, -1, 2 ** 31 - 1].entries()) {
      writeFileSync(join(folder, other(number)), writeSegmentHead({ ...head, pid }));
    }
    await new SessionFolder(folder).enforce([{ is: 'bytes', most: 1 }], null, Date.now(), refused);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a session without events leaves no file', async () => {
    const folder = temporaryFolder();
    const sessions = await running(folder, []);
    await sessions.end();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('hostile session files', () => {
  it('a torn tail, at whatever byte: what is whole is read, the rest is reported', async () => {
    const folder = temporaryFolder();
    const rig = await written(folder, id, 6);
    const [path = ''] = pathsOf(folder);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (size) => {
        writeFileSync(path, whole.subarray(0, size));
        const infos = await list(folder);
        const kept = await new SessionFolder(folder).open(id);
        expect(infos).toHaveLength(kept === null ? 0 : 1);
        if (kept === null) return;
        const events = eventsIn(await readAll(kept));
        await kept.close();
        expect(events).toEqual(rig.model.slice(0, events.length));
        expect(events.length).toBeLessThan(rig.model.length);
        expect(infos[0]).toMatchObject({ events: events.length, complete: false });
        expect(kept.tornBytes).toBeLessThan(600);
      }),
    );
  });

  it('any byte flipped: listed and opened without a throw, true up to the damage', async () => {
    const folder = temporaryFolder();
    const rig = await written(folder, id, 25);
    const paths = pathsOf(folder);
    const whole = paths.map((path) => readFileSync(path));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(paths.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, anywhere, flip) => {
          const [path = '', bytes = Buffer.alloc(1)] = [paths[which], whole[which]];
          const at = anywhere % bytes.length;
          const damaged = Buffer.from(bytes);
          damaged[at] = (damaged[at] ?? 0) ^ flip;
          writeFileSync(path, damaged);
          await list(folder);
          const kept = await new SessionFolder(folder).open(id);
          const read = kept ? await readAll(kept) : [];
          await kept?.close();
          writeFileSync(path, bytes);
          const seqs = eventsIn(read).map(({ seq }) => seq);
          expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
          const firstOfFile = rig.session.index.segments[which]?.first ?? 1;
          if (kept?.epoch.id === testEpoch.id) {
            expect(eventsIn(read).slice(0, firstOfFile - 1)).toEqual(rig.model.slice(0, firstOfFile - 1));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a segment missing in the middle is a gap, and the rest is there with what stood', async () => {
    const folder = temporaryFolder();
    const rig = await written(folder);
    const [, second, third] = rig.session.index.segments;
    rmSync(second?.file.path ?? '');
    const kept = await opened(folder);
    const read = await readAll(kept);
    const gap = read.find((stretch) => stretch.kind === 'gap');
    expect(gap?.gap).toEqual({
      type: 'gap',
      from: second?.first,
      to: (third?.first ?? 0) - 1,
      reason: 'not-in-file',
    });
    expect(gap?.standing).toEqual(tableAfter(rig.model.slice(0, (third?.first ?? 0) - 1)));
    expect(eventsIn(read)).toHaveLength(rig.model.length - (third?.first ?? 0) + (second?.first ?? 0));
    expect((await list(folder))[0]).toMatchObject({ complete: false });
  });

  it("a segment that was replaced by another run's, or appears twice, is torn and hides no later one", async () => {
    const folder = temporaryFolder();
    const rig = await written(folder);
    const paths = pathsOf(folder);
    for (const [from, to] of [
      [1, 2],
      [0, 1],
    ] as const) {
      const saved = readFileSync(paths[to] ?? '');
      cpSync(paths[from] ?? '', paths[to] ?? '');
      const kept = await opened(folder);
      expect(kept.latest).toBe(rig.model.length);
      expect(kept.tornBytes).toBeGreaterThan(0);
      const seqs = eventsIn(await readAll(kept)).map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      writeFileSync(paths[to] ?? '', saved);
    }
  });

  it('lies about numbers and sizes are not repeated', async () => {
    const folder = temporaryFolder();
    const started = testEpoch.started;
    const head = writeSegmentHead({ epoch: 'e', started, pid: 1, first: 1_000, follows: 999, standing: [] });
    head[10] = 2;
    for (const last of [1, 2 ** 52]) {
      new DataView(head.buffer).setFloat64(16, last, true);
      new DataView(head.buffer).setFloat64(24, head.length + 100, true);
      writeFileSync(join(folder, id), Buffer.concat([head, Buffer.alloc(100)]));
      expect(await list(folder)).toMatchObject([{ events: 0, complete: false }]);
    }
    new DataView(head.buffer).setUint32(12, 0xffff_ffff, true);
    writeFileSync(join(folder, id), head);
    truncateSync(join(folder, id), 5 * 1024 ** 3);
    const before = process.memoryUsage().rss;
    expect(await list(folder)).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2);
  });

  it('what is no session is left alone: links, folders, other names, later versions', async () => {
    const folder = temporaryFolder();
    await written(folder, other(1));
    symlinkSync(join(folder, other(1)), join(folder, other(2)));
    mkdirSync(join(folder, other(3)));
    for (const name of ['notes.txt', `${id}.0`, `${id}.x`, `${id}.1234567890`, `${id} `, '..2026']) {
      writeFileSync(join(folder, name), 'x');
    }
    const newer = readFileSync(join(folder, other(1)));
    newer.writeUInt16LE(9, 8);
    writeFileSync(join(folder, other(4)), newer);
    writeFileSync(join(folder, other(5)), '');
    expect((await list(folder)).map((info) => info.id)).toEqual([other(1)]);
    const sessions = new SessionFolder(folder);
    for (const name of [
      other(2),
      other(3),
      other(4),
      other(5),
      '../etc/passwd',
      '..',
      '',
      '.',
      'notes.txt',
      `${other(1)}.2`,
    ]) {
      expect(await sessions.open(name)).toBeNull();
    }
  });

  it('very many tiny blocks do not hang it', async () => {
    const folder = temporaryFolder();
    await written(folder, id, 1);
    const [path = ''] = pathsOf(folder);
    const bytes = readFileSync(path);
    const record = Buffer.alloc(34);
    record.writeUInt32LE(34, 0);
    record.set([typeNumber('paused'), 8], 4);
    const records = Array.from({ length: 100_000 }, (_, index) => {
      const next = Buffer.from(record);
      next.writeDoubleLE(index + 4, 8);
      next.writeUInt32LE(1, 24);
      next.write('{}', 32);
      return next;
    });
    writeFileSync(path, bytes);
    appendFileSync(path, Buffer.concat(records));
    expect((await opened(folder)).events).toBe(100_003);
  });

  it('a file that is cut while it is read is a gap, not a failure', async () => {
    const folder = temporaryFolder();
    const rig = await written(folder);
    const kept = await opened(folder);
    const [, second] = rig.session.index.segments;
    await kept.blockOf(1);
    truncateSync(second?.file.path ?? '', 300);
    const read = await readAll(kept);
    const reasons = read.flatMap((stretch) => (stretch.kind === 'gap' ? [stretch.gap.reason] : []));
    expect([...new Set(reasons)]).toEqual(['not-in-file']);
    expect(eventsIn(read).at(-1)?.seq).toBe(rig.model.length);
  });

  it('the same as one file, as `cat` joins segments, is the same session', async () => {
    const folder = temporaryFolder();
    const rig = await written(folder);
    const joined = Buffer.concat(pathsOf(folder).map((path) => readFileSync(path)));
    for (const path of pathsOf(folder)) rmSync(path);
    writeFileSync(join(folder, id), joined);
    const kept = await opened(folder);
    expect(eventsIn(await readAll(kept))).toEqual(rig.model);
    expect(kept.tornBytes).toBe(0);
  });
});
