/** What the files of a session are called: the first by the session's id, the others by their number behind it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

const form = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[0-9a-f]{8})(?:\.([1-9]\d{0,8}))?$/;

/** Sorts by the time it began; two agents that begin in the same second do not share it. */
export function newSessionId(started: string): string {
  return `${started.slice(0, 19).replaceAll(':', '-')}-${randomBytes(4).toString('hex')}`;
}

export function segmentPath(folder: string, id: string, number: number): string {
  return join(folder, number === 1 ? id : `${id}.${number}`);
}

/** Which session and segment a file belongs to; null when it is none of ours. */
export function readName(name: string): { id: string; number: number } | null {
  const [, id, number = '1'] = form.exec(name) ?? [];
  return id === undefined ? null : { id, number: Number(number) };
}
