/**
 * What a pcapng of ours says beyond its packets. Each event, gap and set of open sockets is a comment: one JSON object,
 * an event without its `data`. Those are, in this order, the values of the `data` options since the event before, and the
 * payloads of the packets from the one on that has the comment.
 */
import { isTransfer } from '../../events/event.ts';
import type { SocketEvent } from '../../events/event.ts';
import { comment } from './blocks.ts';
import type { Option } from './blocks.ts';

export const application = 'Socket Playground';
export const formatVersion = 1;
export const synthetic: Option = comment(
  'Synthetic: Socket Playground saw the call, not this packet. Headers are made up.',
);

export const noteOf = (value: object): string => JSON.stringify(value);

export function eventNote(event: SocketEvent): string {
  if (!isTransfer(event) && event.type !== 'segment') return noteOf(event);
  const { data, ...fields } = event;
  return noteOf(fields);
}
