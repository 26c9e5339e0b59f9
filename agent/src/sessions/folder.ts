/** The folder where sessions are kept. */
import { chmod, lstat, readdir, rm, stat } from 'node:fs/promises';
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import {
  preambleBytes,
  readPreamble,
  readSegmentHead,
  segmentVersion,
} from '@socket-playground/shared/recording/segment.ts';
import type { Preamble, SegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { sessionLimits } from '@socket-playground/shared/limits.ts';
import { headerBytes } from '@socket-playground/shared/wire/layout.ts';
import { originOf } from '../journal/source.ts';
import { excessOf } from './keep.ts';
import type { Kept, KeepRule } from './keep.ts';
import { KeptSession } from './kept-session.ts';
import type { SegmentPlace } from './kept-session.ts';
import { makeFolder } from './make-folder.ts';
import { readName, segmentPath } from './names.ts';
import { isGone, SegmentFile } from './segment-file.ts';

const ownerOnly = 0o700;
const others = 0o077;
/** How long a file may take to get its first bytes. */
const beginningMs = 60_000;

/** A session as its files are: nothing of it was read yet. */
interface Found {
  readonly id: string;
  readonly places: readonly SegmentPlace[];
  readonly bytes: number;
  readonly writtenMs: number;
}

interface Known {
  readonly info: SessionInfo;
  readonly writtenMs: number;
}

/** Why a folder cannot be used. */
export class FolderError extends Error {}

/** A session that is there. */
interface Findable {
  /** Another one once its files change. */
  readonly version: string;
  readonly open: () => Promise<KeptSession | null>;
}

export class SessionFolder {
  readonly path: string;
  /** What the sessions of the folder tell that no agent writes any more, by id. */
  readonly #known = new Map<string, Known>();

  constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder, for its owner only. Rejects when that cannot be had. */
  async prepare(): Promise<void> {
    await makeFolder(this.path, ownerOnly);
    const { mode } = await stat(this.path);
    if (process.platform === 'win32' || (mode & others) === 0) return;
    const foreign = (await readdir(this.path)).find((name) => readName(name) === null);
    if (foreign !== undefined) {
      throw new FolderError(
        `${this.path} is open to others and holds other things, such as ${foreign}. Give --data a folder of its own.`,
      );
    }
    await chmod(this.path, ownerOnly);
  }

  pathOf(id: string, number: number): string {
    return segmentPath(this.path, id, number);
  }

  /** Every session that can be read, newest first, but the one named. */
  async list(except: string | null): Promise<SessionInfo[]> {
    const found = (await this.#found()).filter(({ id }) => id !== except);
    this.#forgetBut(new Set(found.map(({ id }) => id)));
    const infos: SessionInfo[] = [];
    // One after the other: a session that was not ended in order is read through, and each may be large.
    for (const session of found) {
      const info = await this.#infoOf(session);
      if (info) infos.push(info);
    }
    return infos.sort((a, b) => (a.started < b.started ? 1 : -1));
  }

  /** The session as its files are now, or null when there is none of this id. */
  async find(id: string): Promise<Findable | null> {
    const session = (await this.#found()).find((found) => found.id === id);
    if (session === undefined) return null;
    const version = `${id} ${session.bytes} ${session.writtenMs}`;
    return { version, open: () => KeptSession.open(session.places) };
  }

  /** The session, or null when there is none of this id. */
  async open(id: string): Promise<KeptSession | null> {
    return (await this.find(id))?.open() ?? null;
  }

  /**
   * Removes what the rules say is too much; a session that cannot be read or removed is told of, and stays. Answers how
   * many bytes the running session is over by itself. Rejects when the folder cannot be read.
   */
  async enforce(
    rules: readonly KeepRule[],
    running: string | null,
    nowMs: number,
    onRefused: (error: unknown) => void,
  ): Promise<number> {
    const sessions = await this.#found();
    const kept = await Promise.all(sessions.map((session) => keptOf(session, { running, nowMs, onRefused })));
    const { remove, bytes } = excessOf(kept, rules, nowMs);
    for (const session of sessions.filter(({ id }) => remove.includes(id))) {
      await removeFiles(session).catch(onRefused);
    }
    return bytes;
  }

  async #found(): Promise<Found[]> {
    const groups = new Map<string, { number: number; place: SegmentPlace; writtenMs: number }[]>();
    for (const name of await this.#names()) {
      const read = readName(name);
      const path = read && segmentPath(this.path, read.id, read.number);
      // What is no plain file is none of ours; what is gone again was removed meanwhile.
      const stats = path === null ? null : await lstat(path).catch(() => null);
      if (read === null || path === null || !stats?.isFile()) continue;
      const place = { path, bytes: stats.size };
      groups.set(read.id, [
        ...(groups.get(read.id) ?? []),
        { number: read.number, place, writtenMs: stats.mtimeMs },
      ]);
    }
    return [...groups].map(([id, files]) => ({
      id,
      places: files.sort((a, b) => a.number - b.number).map(({ place }) => place),
      bytes: files.reduce((sum, { place }) => sum + place.bytes, 0),
      writtenMs: Math.max(...files.map(({ writtenMs }) => writtenMs)),
    }));
  }

  /** A folder that is gone holds nothing. */
  async #names(): Promise<string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }

  async #infoOf(session: Found): Promise<SessionInfo | null> {
    const { id, bytes, writtenMs } = session;
    const known = this.#known.get(id);
    if (known?.info.bytes === bytes && known.writtenMs === writtenMs) return known.info;
    // Asked first: an agent may end it meanwhile, in place, without a change of its size.
    const isOpen = await isBeingWritten(session).catch(() => null);
    const info = await readInfo(session).catch(() => null);
    if (info && isOpen === false) this.#known.set(id, { info, writtenMs });
    return info;
  }

  #forgetBut(ids: ReadonlySet<string>): void {
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
  }
}

/** The beginning goes first: what a failure leaves behind is the end of a session, with a gap before it. */
async function removeFiles({ places }: Found): Promise<void> {
  for (const { path } of places) await rm(path, { force: true });
}

interface Looking {
  readonly running: string | null;
  readonly nowMs: number;
  readonly onRefused: (error: unknown) => void;
}

/** A session that cannot be read may be another agent's: it is told of, and left alone. */
async function keptOf(found: Found, { running, nowMs, onRefused }: Looking): Promise<Kept> {
  const { id, bytes, writtenMs } = found;
  if (id === running) return { id, bytes, writtenMs, writer: 'us' };
  const isWritten = await isBeingWritten(found).catch((error: unknown) => {
    onRefused(error);
    return true;
  });
  const isOpen = isWritten ?? nowMs - writtenMs < beginningMs;
  return { id, bytes, writtenMs, writer: isOpen ? 'another' : null };
}

/** How a file begins. */
interface Start extends SegmentPlace {
  readonly preamble: Preamble;
  readonly head: SegmentHead;
}

async function startOf({ path, bytes }: SegmentPlace): Promise<Start | null> {
  const file = new SegmentFile(path, bytes);
  try {
    const preamble = readPreamble(await file.read(0, preambleBytes));
    if (preamble === null || preamble.version > segmentVersion) return null;
    if (preamble.headBytes > Math.min(bytes, sessionLimits.headBytes)) return null;
    const head = readSegmentHead(await file.read(preambleBytes, preamble.headBytes));
    return head && { path, bytes, preamble, head };
  } finally {
    await file.close();
  }
}

/**
 * Whether an agent has not ended this session yet, also while a full disk keeps it from writing. Null when no file says
 * so, as right between making one and writing its first bytes. Rejects when one cannot be read.
 */
async function isBeingWritten({ places }: Found): Promise<boolean | null> {
  for (const place of places.toReversed()) {
    const start = await startOf(place).catch(nothingIfGone);
    if (start) return start.preamble.state !== 'ended' && isAnother(start.head.pid);
  }
  return null;
}

function nothingIfGone(error: unknown): null {
  if (isGone(error)) return null;
  throw error;
}

/** Whether another process of this number lives. Our own number in a file is that of a run long gone. */
function isAnother(pid: number): boolean {
  if (pid <= 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives, but is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A session that ended in order tells its numbers in its heads; any other is read through. */
async function readInfo({ id, places, bytes }: Found): Promise<SessionInfo | null> {
  const told = await toldInfo(places);
  if (told) return { id, bytes, ...told };
  const session = await KeptSession.open(places);
  await session?.close();
  return session && { id, ...originOf(session.epoch), events: session.events, bytes, complete: false };
}

type Told = Pick<SessionInfo, 'epoch' | 'started' | 'events' | 'complete'>;

async function toldInfo(places: readonly SegmentPlace[]): Promise<Told | null> {
  let [first, last]: (Start | null)[] = [null, null];
  let events = 0;
  for (const place of places) {
    // An agent that writes it may be taking out its oldest part right now.
    const start = await startOf(place).catch(() => null);
    const count = start && toldEvents(start);
    if (count === null) return null;
    [first, last, events] = [first ?? start, start, events + count];
  }
  if (!first || !last) return null;
  const complete = last.preamble.state === 'ended' && events === last.preamble.last;
  return { epoch: first.head.epoch, started: first.head.started, events, complete };
}

/** How many events a finished file says it has; null when it is not finished, or its size is not what it was then. */
function toldEvents({ preamble: { last, size, headBytes }, head: { first }, bytes }: Start): number | null {
  if (last === null) return null;
  const room = bytes - preambleBytes - headBytes;
  // Its records were taken out: the oldest part of a session that grew too large.
  if (room === 0) return 0;
  const events = last - first + 1;
  return size === bytes && events >= 0 && events * headerBytes <= room ? events : null;
}
