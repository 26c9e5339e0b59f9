/** A session from beginning to end, as what can be read and what is missing in between. */
import type { SocketState } from '../events/state.ts';
import type { Block } from '../wire/block.ts';
import type { Gap } from '../wire/messages.ts';

export interface EventStretch {
  readonly kind: 'events';
  readonly block: Block;
  /** The first and the last (inclusive) of its events that are meant. */
  readonly from: number;
  readonly to: number;
}

export interface GapStretch {
  readonly kind: 'gap';
  readonly gap: Gap;
  /** The sockets that are open behind it; null when that is not known. */
  readonly standing: readonly SocketState[] | null;
}

export type Stretch = EventStretch | GapStretch;

/** The number of its last event. */
export const endOf = (stretch: Stretch): number => (stretch.kind === 'gap' ? stretch.gap.to : stretch.to);

/** A file that should have these events does not, or not so that they can be read: somebody else changed it. */
export const unreadableGap = (from: number, to: number): Gap => ({
  type: 'gap',
  from,
  to,
  reason: 'not-in-file',
});
