/** What the heads of a session's files tell of it, without its events being read. */
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import {
  preambleBytes,
  readPreamble,
  readSegmentHead,
  segmentVersion,
  toldLast,
} from '@socket-playground/shared/recording/segment.ts';
import type { Preamble, SegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { sessionLimits } from '@socket-playground/shared/limits.ts';
import { errorCode } from '../error-code.ts';
import type { SegmentPlace } from './kept-session.ts';
import { isGone, SegmentFile } from './segment-file.ts';

const closedToUs: ReadonlySet<string | null> = new Set(['EACCES', 'EPERM']);

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
 * so, as right between making one and writing its first bytes. Rejects when one cannot be read just now.
 */
export async function isBeingWritten(places: readonly SegmentPlace[]): Promise<boolean | null> {
  for (const place of places.toReversed()) {
    const start = await startOf(place).catch(nothingIfNever);
    if (start) return start.preamble.state !== 'ended' && isAnother(start.head.pid);
  }
  return null;
}

/** What is gone, or closed to us (open(2)), says nothing however often it is asked. */
function nothingIfNever(error: unknown): null {
  if (isGone(error) || closedToUs.has(errorCode(error))) return null;
  throw error;
}

/** Whether another process of this number lives. Our own number in a file is that of a run long gone. */
function isAnother(pid: number): boolean {
  if (pid <= 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives, but is somebody else's.
    return errorCode(error) === 'EPERM';
  }
}

type Told = Pick<SessionInfo, 'epoch' | 'started' | 'events' | 'complete'>;

/** What a session says of itself that ended in order, or was cut off between two files; null when it does not say all. */
export async function toldInfo(places: readonly SegmentPlace[]): Promise<Told | null> {
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
function toldEvents({ preamble, head, bytes }: Start): number | null {
  if (preamble.last === null) return null;
  // Its records were taken out: the oldest part of a session that grew too large.
  if (bytes === preambleBytes + preamble.headBytes) return 0;
  const last = preamble.size === bytes ? toldLast(preamble, head) : null;
  return last === null || last < head.first - 1 ? null : last - head.first + 1;
}
