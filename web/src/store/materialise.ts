/** Columns → the row that views know. */
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Block } from './block.ts';
import { noEnds } from './ends.ts';
import { unpackLanes } from './lanes.ts';
import type { Row, Run } from './rows.ts';

/** The row at this slot of a block, or undefined when there is none. `data` is a copy: rows outlive blocks. */
export function rowOf(block: Block, slot: number, run: Run): Row | undefined {
  if (slot < 0 || slot >= block.length) return undefined;
  const whole = block.wholeAt(slot);
  if (whole !== undefined && 'kind' in whole) return whole;
  const event = whole ?? eventOf(block, slot);
  if (event === undefined) return undefined;
  const offset = block.offsets[slot] ?? NaN;
  return {
    kind: 'event',
    run,
    event,
    ends: block.endsAt(slot) ?? noEnds,
    offset: Number.isNaN(offset) ? null : offset,
    lanes: unpackLanes(block.lanes[slot] ?? 0),
  };
}

function eventOf(block: Block, slot: number): SocketEvent | undefined {
  const type = eventTypes[block.types[slot] ?? 0];
  const seq = block.seqs[slot] ?? 0;
  const time = block.times[slot] ?? 0;
  const socket = block.sockets[slot] ?? 0;
  const head = { seq, time, socket };
  switch (type) {
    case 'sent':
    case 'received':
      return { ...head, type, ...transferOf(block, slot) };
    case 'blocked':
    case 'drained':
      return { ...head, type, queued: block.sizes[slot] ?? 0 };
    case 'ended':
    case 'reset':
      return { ...head, type, by: block.isByRemoteAt(slot) ? 'remote' : 'local' };
    case 'paused':
    case 'resumed':
    case 'closed':
      return { ...head, type };
    default:
      return undefined;
  }
}

function transferOf(block: Block, slot: number) {
  const data = block.dataAt(slot);
  const remote = block.addressAt(slot);
  return {
    size: block.sizes[slot] ?? 0,
    data,
    ...(block.isCutAt(slot) ? { captured: data.length } : {}),
    ...(remote === undefined ? {} : { remote }),
  };
}
