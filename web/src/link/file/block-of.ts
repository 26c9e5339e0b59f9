import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { roomFor } from '@socket-playground/shared/wire/write-record.ts';

/** A block of these events, which follow one another. */
export function blockOf(events: readonly SocketEvent[]): Block {
  const room = events.reduce((sum, event) => sum + roomFor(event), 0);
  const block = new Block(events[0]?.seq ?? 1, new Uint8Array(room));
  for (const event of events) block.append(event);
  return block;
}
