import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { OwnState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';

/** The open sockets before a block become those behind it. */
export function advance(standing: Map<number, OwnState>, block: Block): void {
  for (let seq = block.first; seq <= block.last; seq += 1) {
    const event = block.event(seq);
    if (event) applyTo(standing, event);
    if (event?.type === 'closed') standing.delete(event.socket);
  }
}
