/**
 * What a pcapng of ours says beyond its packets. Each event, gap and set of open sockets is a comment: one JSON object,
 * an event without its `data`. Those are, in this order, the values of the `data` options since the event before, and the
 * payloads of the packets from the one on that has the comment. `beside` says how many bytes the options hold: a program
 * that writes the file anew keeps comments, and leaves out options that it does not know.
 */
import { carriesBytes } from '../../events/event.ts';
import type { SocketEvent } from '../../events/event.ts';
import { comment } from './blocks.ts';
import type { Option } from './blocks.ts';

export const application = 'Socket Playground';
export const formatVersion = 1;
export const synthetic: Option = comment(
  'Synthetic: Socket Playground saw the call, not this packet. Headers are made up.',
);

export const noteOf = (value: object): string => JSON.stringify(value);

/** `beside`: how many of its first bytes stand in options. */
export function eventNote(event: SocketEvent, beside = 0): string {
  if (!carriesBytes(event)) return noteOf(event);
  const { data, ...fields } = event;
  return noteOf(beside === 0 ? fields : { ...fields, beside });
}
