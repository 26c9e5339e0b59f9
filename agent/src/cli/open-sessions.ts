import type { FastifyBaseLogger } from 'fastify';
import type { Epoch } from '../journal/source.ts';
import { limits } from '../limits.ts';
import { DiskSessions } from '../sessions/disk-sessions.ts';
import { SessionFolder } from '../sessions/folder.ts';
import type { KeepRule } from '../sessions/keep.ts';

interface Options {
  readonly path: string;
  readonly rules: readonly KeepRule[];
  readonly epoch: Epoch;
  readonly onLost: (count: number) => void;
  readonly log: FastifyBaseLogger;
}

/** Begins a session on disk. Rejects when the folder cannot be used. */
export async function openSessions({ path, rules, epoch, onLost, log }: Options): Promise<DiskSessions> {
  const sessions = new DiskSessions({
    folder: new SessionFolder(path),
    rules,
    epoch,
    limits,
    nowMs: () => performance.now(),
    dateMs: () => Date.now(),
    onLost,
    onFailure: (error) => log.warn({ err: error }, 'the disk refused: events are shown, but not stored'),
    onKeepFailure: (error) =>
      log.warn({ err: error }, 'what --keep says could not be carried out: old sessions may stay'),
  });
  await sessions.prepare();
  return sessions;
}
