import type { EventSource } from './source.ts';

/** A session that has only grown up to here. */
export const upTo = (source: EventSource, latest: number): EventSource => ({
  epoch: source.epoch,
  get first() {
    return source.first;
  },
  latest,
  gapAt: (cursor) => source.gapAt(cursor),
  blockOf: (seq) => source.blockOf(seq),
  standingAfter: (gap) => source.standingAfter(gap),
  subscribe: (listener) => source.subscribe(listener),
});
