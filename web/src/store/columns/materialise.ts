/** Columns → the row that views know. */
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { RowBlock } from './row-block.ts';
import { noEnds } from '../rows/ends.ts';
import { unpackLanes } from '../rows/lanes.ts';
import type { Row, Run } from '../rows/rows.ts';

/** The row at this slot of a block, or undefined when there is none. `data` is a copy: rows outlive blocks. */
export function rowOf(block: RowBlock, slot: number, run: Run): Row | undefined {
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

function eventOf(block: RowBlock, slot: number): SocketEvent | undefined {
  const type = eventTypes[block.types[slot] ?? 0];
  const seq = block.seqs[slot] ?? 0;
  const time = block.times[slot] ?? 0;
  const socket = block.sockets[slot] ?? 0;
  const head = { seq, time, socket };
  switch (type) {
    case 'sent':
    case 'received':
      return { ...head, type, ...transferOf(block, slot) };
    case 'segment':
      return segmentOf(block, slot, { seq, time });
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

function transferOf(block: RowBlock, slot: number) {
  const remote = block.addressAt(slot);
  return { ...bytesOf(block, slot), ...(remote === undefined ? {} : { remote }) };
}

function segmentOf(
  block: RowBlock,
  slot: number,
  head: { readonly seq: number; readonly time: number },
): EventOf<'segment'> | undefined {
  const captured = block.capturedAt(slot);
  const { local, remote, side } = block.endsAt(slot) ?? noEnds;
  if (captured === undefined) return undefined;
  const ends = { source: local, destination: remote, from: side };
  return { ...head, socket: null, type: 'segment', ...captured, ...ends, ...bytesOf(block, slot) };
}

function bytesOf(block: RowBlock, slot: number) {
  const data = block.dataAt(slot);
  const size = block.sizes[slot] ?? 0;
  return block.isCutAt(slot) ? { size, data, captured: data.length } : { size, data };
}
