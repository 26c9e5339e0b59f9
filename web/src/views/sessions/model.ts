/** The kept sessions as the dialog lists them. */
import type { Recording, SessionInfo } from '../../store/library.svelte.ts';
import { formatCount, formatSize, nounFor, plural } from '../words.ts';
import { sinceStart, startedAt, startedAtSecond } from './when.ts';

export interface SessionRow {
  readonly info: SessionInfo;
  readonly started: string;
  readonly since: string;
  readonly events: string;
  readonly size: string;
  /** How it ended, or that it has not. */
  readonly state: 'complete' | 'cut short' | 'running';
  readonly isOpen: boolean;
}

export interface Kept {
  readonly sessions: readonly SessionInfo[];
  readonly running: string | null;
}

/** More than this are found by what is typed. */
export const filterFrom = 8;
/** More would only be scrolled past. */
export const mostShown = 200;

export function sessionRows(
  { sessions, running }: Kept,
  recordings: readonly Pick<Recording, 'id'>[],
  nowMs: number,
): readonly SessionRow[] {
  return sessions.map((info) => ({
    info,
    started: startedAtSecond(info.started, nowMs),
    since: sinceStart(info.started, nowMs),
    events: plural(info.events, 'event'),
    size: formatSize(info.bytes),
    state: info.id === running ? 'running' : info.complete ? 'complete' : 'cut short',
    isOpen: recordings.some(({ id }) => id === info.id),
  }));
}

/** Every word must stand somewhere in what the row says. */
export function matching(rows: readonly SessionRow[], typed: string): readonly SessionRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ info, started, since, events, state }) => {
    const text = [info.id, info.started, started, since, events, state].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The session of the run before: the newest that is not running and has something to show. */
export const sessionBefore = ({ sessions, running }: Kept): SessionInfo | null =>
  sessions.find(({ id, events }) => id !== running && events > 0) ?? null;

export const beforeWords = ({ started, events }: SessionInfo, nowMs: number): string =>
  `Open the session before: ${startedAt(started, nowMs)}, ${formatCount(events)} ${nounFor(events, 'event')}`;
