/** Which sockets are open behind rows, by what those rows say alone. */
import { applyTo, count } from '@socket-playground/shared/events/reduce.ts';
import type { OwnState, SocketState } from '@socket-playground/shared/events/state.ts';
import { receivedType, sentType } from '../columns/row-block.ts';
import type { Section } from '../columns/columns.ts';
import { rowOf } from '../columns/materialise.ts';
import type { Row } from '../rows/rows.ts';

/** Their states behind the last of these rows. A gap that does not tell who stands behind it changes nothing. */
export function standingBehind(sections: Iterable<Section>): SocketState[] {
  const states = new Map<number, OwnState>();
  for (const { block, from, to } of sections) {
    for (let slot = from; slot < to; slot += 1) {
      const type = block.types[slot];
      // Nearly all rows: none of them is made for this.
      if (type === sentType || type === receivedType) {
        const state = states.get(block.sockets[slot] ?? 0);
        if (state) count(state, type === sentType ? 'sent' : 'received', block.sizes[slot] ?? 0);
      } else take(states, rowOf(block, slot, 0));
    }
  }
  return [...states.values()];
}

function take(states: Map<number, OwnState>, row: Row | undefined): void {
  if (row?.kind === 'restart') states.clear();
  if (row?.kind === 'gap' && row.standing !== undefined) {
    states.clear();
    for (const state of row.standing) states.set(state.socket, { ...state });
  }
  if (row?.kind !== 'event') return;
  applyTo(states, row.event);
  if (row.event.type === 'closed') states.delete(row.event.socket);
}
