/** Whether an event that somebody else wrote down can be told at all: a record holds less than JSON does. */
import { carriesBytes } from '../events/event.ts';
import type { Carrier, SocketEvent } from '../events/event.ts';
import { sendQueueBytes, sessionLimits } from '../limits.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { longestHost } from './layout.ts';
import { fieldsOf } from './write-record.ts';

const largestInteger = 0xffff_ffff;
const ascii = /^\p{ASCII}*$/u;

/** Whether a record can hold the event, so that the same is read from it again (`layout.ts`). */
export function fitsRecord(event: SocketEvent): boolean {
  if ((event.socket ?? 0) > largestInteger) return false;
  if (!carriesBytes(event)) return encodeUtf8(fieldsOf(event)).length <= sessionLimits.fieldsBytes;
  return fitsData(event) && fitsEnds(event);
}

function fitsData({ type, size, captured = size, data }: Carrier): boolean {
  const most = type === 'segment' ? largestInteger : sendQueueBytes;
  return size <= most && captured <= size && data.length === captured;
}

function fitsEnds(event: Carrier): boolean {
  if (event.type !== 'segment') return isShort(event.remote) && ascii.test(event.remote?.host ?? '');
  return isShort(event.source) && isShort(event.destination);
}

const isShort = (end: { readonly host: string } | null | undefined) => (end?.host.length ?? 0) <= longestHost;
