/** Who opens a kept session, and when it is closed. */
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { DiskRig, smallSizes, temporaryFolder } from '../../test/disk.ts';
import { eventually } from '../../test/eventually.ts';
import { KeptSession } from './kept-session.ts';
import { Shelf } from './shelf.ts';

/** Sessions of one event each, and how often each was opened. */
async function openable(...names: readonly string[]) {
  const folder = temporaryFolder();
  const opened: string[] = [];
  const openers = new Map<string, () => Promise<KeptSession | null>>();
  for (const name of names) {
    const path = join(folder, name);
    const rig = new DiskRig({ ...smallSizes, pathOf: () => path, nowMs: () => performance.now() });
    await rig.session.prepare();
    rig.append({ socket: 1, type: 'paused' });
    await rig.journal.settle();
    await rig.session.end();
    openers.set(name, () => {
      opened.push(name);
      return KeptSession.open([{ path, bytes: rig.session.index.bytes }]);
    });
  }
  const take = async (shelf: Shelf, name: string) => {
    const lent = await shelf.take(name, openers.get(name) ?? (() => Promise.resolve(null)));
    if (lent === null) throw new Error(`no ${name}`);
    return lent;
  };
  return { opened, take };
}

const isOpen = (kept: KeptSession) => kept.blockOf(1) !== null;

it('a session is read once, for readers at the same time and for those that come soon after', async () => {
  const { opened, take } = await openable('a');
  const shelf = new Shelf({ idleSessions: 1, idleSessionMs: 60_000 });
  const [first, second] = await Promise.all([take(shelf, 'a'), take(shelf, 'a')]);
  await first.giveBack();
  expect(isOpen(second.kept)).toBe(true);
  await second.giveBack();
  const third = await take(shelf, 'a');
  expect(third.kept).toBe(first.kept);
  expect(opened).toEqual(['a']);
  await third.giveBack();
  await shelf.close();
  expect(isOpen(first.kept)).toBe(false);
});

it('of more than may stay open, the one nobody has read for longest is closed', async () => {
  const { opened, take } = await openable('a', 'b');
  const shelf = new Shelf({ idleSessions: 1, idleSessionMs: 60_000 });
  onTestFinished(() => shelf.close());
  const [a, b] = [await take(shelf, 'a'), await take(shelf, 'b')];
  expect([isOpen(a.kept), isOpen(b.kept)]).toEqual([true, true]);
  await b.giveBack();
  await a.giveBack();
  expect([isOpen(a.kept), isOpen(b.kept)]).toEqual([true, false]);
  await (await take(shelf, 'b')).giveBack();
  expect(opened).toEqual(['a', 'b', 'b']);
});

it('after a while nobody holds it open', async () => {
  const { take } = await openable('a');
  const shelf = new Shelf({ idleSessions: 1, idleSessionMs: 1 });
  const lent = await take(shelf, 'a');
  await lent.giveBack();
  await eventually(() => expect(isOpen(lent.kept)).toBe(false));
});

it('what could not be opened is tried again', async () => {
  const { take } = await openable('a');
  const shelf = new Shelf({ idleSessions: 1, idleSessionMs: 60_000 });
  onTestFinished(() => shelf.close());
  expect(await shelf.take('a', () => Promise.resolve(null))).toBe(null);
  const open = vi.fn(() => Promise.reject(new Error('EACCES')));
  await expect(shelf.take('a', open)).rejects.toThrow('EACCES');
  await (await take(shelf, 'a')).giveBack();
});
