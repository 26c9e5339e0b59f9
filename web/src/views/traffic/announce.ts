import { drawn } from '../drawn.ts';
import type { Row } from '../../store/rows/rows.ts';
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import { plural } from '../words.ts';

/** One sentence about the rows that came: how many, and the last of them. */
export function announcement(count: number, last: Row | undefined): string {
  if (count === 0 || last === undefined) return '';
  if (last.kind !== 'event') return plural(count, 'new row');
  const { event } = last;
  const who = event.socket === null ? '' : `#${event.socket} `;
  if (event.type === 'failed') return `${plural(count, 'new row')}. ${who}failed: ${drawn(event.message)}`;
  const what = carriesBytes(event) ? `${event.type} ${plural(event.size, 'byte')}` : event.type;
  return `${plural(count, 'new row')}, the last: ${who}${what}`;
}

export const shortestWaitMs = 2_000;
const longestWaitMs = 30_000;

/** How long to gather before the next sentence: longer and longer while rows keep coming, short again after a rest. */
export const waitAfter = (waitedMs: number, quietMs: number): number =>
  quietMs > waitedMs ? shortestWaitMs : Math.min(2 * waitedMs, longestWaitMs);
