/** The events of a block that can be read. */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';

export function* eventsOf(block: Block): Generator<SocketEvent> {
  for (let seq = block.first; seq <= block.last; seq += 1) {
    const event = block.event(seq);
    if (event !== null) yield event;
  }
}

const eventsPerPiece = 1_000;

/** The same, some at a time. */
export function* someEventsOf(block: Block): Generator<readonly SocketEvent[]> {
  let events: SocketEvent[] = [];
  for (const event of eventsOf(block)) {
    if (events.push(event) < eventsPerPiece) continue;
    yield events;
    events = [];
  }
  if (events.length > 0) yield events;
}
