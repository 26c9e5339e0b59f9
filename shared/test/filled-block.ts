/** A block and what it ought to have, for property-based tests. */
import fc from 'fast-check';
import { carriesBytes, isTransfer } from '../src/events/event.ts';
import type { SocketEvent } from '../src/events/event.ts';
import { Block } from '../src/wire/block.ts';
import { anyEvent } from './any-event.ts';

/** A new event, or a transfer of the very bytes that an event before it had, as an echo is. */
export const steps = fc.array(fc.tuple(anyEvent, fc.option(fc.nat(), { freq: 2 })), { maxLength: 40 });

/** A block with these events, numbered from 5 on, as far as there is room, and the same in a plain list. */
export function fill(given: readonly (readonly [SocketEvent, number | null])[], capacity = 1 << 20) {
  const block = new Block(5, new Uint8Array(capacity));
  const model: SocketEvent[] = [];
  for (const [event, echoed] of given) {
    const seq = 5 + model.length;
    const data = echoed === null || model.length === 0 ? null : block.dataOf(5 + (echoed % model.length));
    const next: SocketEvent =
      data !== null && isTransfer(event)
        ? { ...event, seq, data, size: data.length, captured: undefined }
        : { ...event, seq };
    if (block.append(next) === 'no-room') break;
    model.push(carriesBytes(next) ? { ...next, data: next.data.slice() } : next);
  }
  return { block, model };
}
