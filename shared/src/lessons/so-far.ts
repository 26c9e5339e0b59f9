/** A line that has not ended yet: nothing can be said against it, but that it came should not be met with silence. */
import type { SocketEvent } from '../events/event.ts';
import { concat } from '../payload/concat.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import type { Check, StreamCheck } from './checks.ts';
import { choices, namesNeeded } from './choices.ts';
import type { View } from './choices.ts';
import { rejectsOf } from './lesson.ts';
import type { Step } from './lesson.ts';
import { lessonLimits } from './limits.ts';
import { socketsOf } from './search.ts';

/** The beginning of the line that is on its way to where the step waits for one; null when none is. */
export function lineSoFar(step: Step, view: View): string | null {
  const asked = new Set(linesAsked(step).flatMap((each) => socketsAsked(each, view)));
  const sockets = new Set([...asked].filter((socket) => canHear(socket, view)));
  if (sockets.size === 0) return null;
  const last = view.fresh('received').findLast(({ socket }) => socket !== null && sockets.has(socket));
  if (last === undefined || last.socket === null) return null;
  const bytes = unended(view.fresh('received', last.socket));
  return decodeUtf8(bytes.subarray(0, lessonLimits.quoted)).replace(/\r$/, '') || null;
}

type Asked = Pick<StreamCheck, 'stream'>;

function linesAsked(step: Step): readonly Asked[] {
  return [...step.check.flatMap(parts), ...rejectsOf(step)].flatMap((each) =>
    'stream' in each && each.line !== undefined && each.dir === 'received' ? [each] : [],
  );
}

const parts = (check: Check): readonly Check[] => ('any' in check ? check.any.flatMap(parts) : [check]);

const socketsAsked = ({ stream }: Asked, view: View): readonly number[] =>
  [...choices(namesNeeded({ stream }), new Map(), view)].flatMap((bindings) =>
    socketsOf({ stream }, bindings, view),
  );

/** Whether more may come: it is open, and its other end has not ended. */
const canHear = (socket: number, { ever }: View): boolean =>
  ever('closed', socket).length === 0 &&
  !ever('ended', socket).some((end) => 'by' in end && end.by === 'remote');

/** What came behind the last line end. Only the newest transfers are looked at, and nothing is fetched for it. */
function unended(transfers: readonly SocketEvent[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const event of transfers.slice(-lessonLimits.quoted).toReversed()) {
    if (!('data' in event) || event.captured !== undefined) break;
    const end = event.data.lastIndexOf(0x0a);
    pieces.unshift(event.data.subarray(end + 1));
    if (end >= 0) break;
  }
  return concat(pieces);
}
