/** The folder where sessions are kept. */
import { chmod, lstat, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import { preambleBytes, readPreamble, readSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import type { Preamble, SegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { excessOf } from './keep.ts';
import type { Kept, KeepRule } from './keep.ts';
import { KeptSession } from './kept-session.ts';
import type { SegmentPlace } from './kept-session.ts';
import { readName, segmentPath } from './names.ts';
import { SegmentFile } from './segment-file.ts';

const ownerOnly = 0o700;
const others = 0o077;

/** A session as its files are: nothing of it was read yet. */
interface Found {
  readonly id: string;
  readonly places: readonly SegmentPlace[];
  readonly bytes: number;
  readonly writtenMs: number;
}

/** Why a folder cannot be used. */
export class FolderError extends Error {}

export class SessionFolder {
  readonly path: string;
  /** What was found out about sessions that are no longer written, by id and size. */
  readonly #known = new Map<string, SessionInfo>();

  constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder, for its owner only. Rejects when that cannot be had. */
  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: ownerOnly });
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
    const infos = await Promise.all(found.map((session) => this.#infoOf(session)));
    return infos.filter((info) => info !== null).sort((a, b) => (a.started < b.started ? 1 : -1));
  }

  /** The session, or null when there is none of this id. */
  async open(id: string): Promise<KeptSession | null> {
    const session = (await this.#found()).find((found) => found.id === id);
    return session ? KeptSession.open(session.places) : null;
  }

  /** Removes what the rules say is too much. Answers how many bytes the running session is over by itself. */
  async enforce(rules: readonly KeepRule[], running: string | null, nowMs: number): Promise<number> {
    const sessions = await this.#found();
    const kept = await Promise.all(sessions.map((session) => keptOf(session, running)));
    const { remove, bytes } = excessOf(kept, rules, nowMs);
    for (const { places } of sessions.filter(({ id }) => remove.includes(id))) {
      for (const { path } of places) await rm(path, { force: true });
    }
    return bytes;
  }

  async #found(): Promise<Found[]> {
    const groups = new Map<string, { number: number; place: SegmentPlace; writtenMs: number }[]>();
    for (const name of await readdir(this.path)) {
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

  async #infoOf(session: Found): Promise<SessionInfo | null> {
    const key = `${session.id} ${session.bytes}`;
    const known = this.#known.get(key);
    if (known) return known;
    const info = await readInfo(session).catch(() => null);
    if (info) this.#known.set(key, info);
    return info;
  }
}

async function keptOf({ id, bytes, writtenMs, places }: Found, running: string | null): Promise<Kept> {
  const isOpen = id === running || (await isBeingWritten(places).catch(() => false));
  return { id, bytes, writtenMs, isOpen };
}

interface Start {
  readonly preamble: Preamble;
  readonly head: SegmentHead;
}

async function startOf({ path, bytes }: SegmentPlace): Promise<Start | null> {
  const file = new SegmentFile(path, bytes);
  try {
    const preamble = readPreamble(await file.read(0, preambleBytes));
    if (preamble === null || preamble.headBytes > bytes) return null;
    const head = readSegmentHead(await file.read(preambleBytes, preamble.headBytes));
    return head && { preamble, head };
  } finally {
    await file.close();
  }
}

async function isBeingWritten(places: readonly SegmentPlace[]): Promise<boolean> {
  const newest = places.at(-1);
  const start = newest && (await startOf(newest));
  return start?.preamble.state === 'open' && isAlive(start.head.pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives, but is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A session that ended in order tells its numbers in its heads; any other is read through. */
async function readInfo({ id, places, bytes }: Found): Promise<SessionInfo | null> {
  const starts = await Promise.all(places.map(startOf));
  const [first] = starts;
  if (!first) return null;
  const { epoch, started } = first.head;
  const told = starts.every((start) => start !== null && start.preamble.last !== null);
  if (!told) {
    const session = await KeptSession.open(places);
    await session?.close();
    return session && { id, epoch, started, events: session.events, bytes, complete: false };
  }
  const events = starts.reduce(
    (sum, start) => sum + (start?.preamble.last ?? 0) - (start?.head.first ?? 0) + 1,
    0,
  );
  const last = starts.at(-1)?.preamble;
  const complete = last?.state === 'ended' && events === last.last;
  return { id, epoch, started, events, bytes, complete };
}

/** The id of a session by the path of its file. */
export const idOf = (path: string): string => basename(path);
