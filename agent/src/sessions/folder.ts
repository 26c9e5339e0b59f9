/** The folder where sessions are kept. */
import { chmod, lstat, readdir, rm, stat } from 'node:fs/promises';
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import { originOf } from '../journal/source.ts';
import { excessOf } from './keep.ts';
import type { Kept, KeepRule } from './keep.ts';
import { KeptSession } from './kept-session.ts';
import type { SegmentPlace } from './kept-session.ts';
import { makeFolder } from './make-folder.ts';
import { readName, segmentPath } from './names.ts';
import { isGone } from './segment-file.ts';
import { isBeingWritten, toldInfo } from './session-heads.ts';

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
    const [session] = await this.#found((own) => own === id);
    if (session === undefined) return null;
    const version = `${id} ${session.bytes} ${session.writtenMs}`;
    return { version, open: () => this.#open(session) };
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
    const kept: Kept[] = [];
    // One after the other: each takes a descriptor, and there may be thousands.
    for (const session of sessions) kept.push(await keptOf(session, { running, nowMs, onRefused }));
    const { remove, bytes } = excessOf(kept, rules, nowMs);
    for (const session of sessions.filter(({ id }) => remove.includes(id))) {
      await removeFiles(session).catch(onRefused);
    }
    return bytes;
  }

  /** Only files of the ids that are wanted are looked at: there may be thousands of others. */
  async #found(isWanted: (id: string) => boolean = () => true): Promise<Found[]> {
    const groups = new Map<string, { number: number; place: SegmentPlace; writtenMs: number }[]>();
    for (const name of await this.#names()) {
      const read = readName(name);
      if (read === null || !isWanted(read.id)) continue;
      const path = segmentPath(this.path, read.id, read.number);
      // What is no plain file is none of ours; what is gone again was removed meanwhile.
      const stats = await lstat(path).catch(() => null);
      if (!stats?.isFile()) continue;
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
    const isOpen = await isBeingWritten(session.places).catch(() => null);
    const info = await readInfo(session).catch(() => null);
    if (info && isOpen === false) this.#known.set(id, { info, writtenMs });
    return info;
  }

  /** Whoever reads a session finds what its heads do not know: that it was damaged since it ended. */
  async #open(session: Found): Promise<KeptSession | null> {
    const kept = await KeptSession.open(session.places);
    if (kept?.hasEnded === true && !kept.isComplete)
      this.#known.set(session.id, { info: infoOf(session, kept), writtenMs: session.writtenMs });
    return kept;
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

/** A session that cannot be read just now may be another agent's: it is told of, and left alone. */
async function keptOf(found: Found, { running, nowMs, onRefused }: Looking): Promise<Kept> {
  const { id, bytes, writtenMs } = found;
  if (id === running) return { id, bytes, writtenMs, writer: 'us' };
  const isWritten = await isBeingWritten(found.places).catch((error: unknown) => {
    onRefused(error);
    return true;
  });
  const isOpen = isWritten ?? nowMs - writtenMs < beginningMs;
  return { id, bytes, writtenMs, writer: isOpen ? 'another' : null };
}

/** A session that ended in order tells its numbers in its heads; any other, and a copy, is read through. */
async function readInfo(found: Found): Promise<SessionInfo | null> {
  const { id, places, bytes } = found;
  const told = await toldInfo(places);
  if (told) return { id, bytes, ...told };
  const session = await KeptSession.open(places);
  await session?.close();
  return session && infoOf(found, session);
}

const infoOf = ({ id, bytes }: Found, { epoch, events, isComplete: complete }: KeptSession): SessionInfo => ({
  id,
  ...originOf(epoch),
  events,
  bytes,
  complete,
});
