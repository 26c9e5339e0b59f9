/** What the rows of a desk are told with. Those of an earlier run count from its own beginning, and nobody there is ours. */
import type { Row } from '../../store/rows/rows.ts';
import type { Desk } from '../traffic/desk.svelte.ts';
import type { RowContext } from './row.ts';
import type { TimeBase } from './time.ts';

export function timeIn({ store, time: { format, startedMs, ...since } }: Desk, row: Row): TimeBase {
  return { format, startedMs, ...(row.run === store.journal.run ? since : {}) };
}

export function contextIn(desk: Desk, row: Row, above: Row | undefined): RowContext {
  const { store, peerOf } = desk;
  return {
    above,
    time: timeIn(desk, row),
    isReference: store.marks.isReference(row),
    peerOf: row.run === store.journal.run ? peerOf : () => null,
    spoken: store.spoken,
    offers: !store.isRecording,
  };
}
