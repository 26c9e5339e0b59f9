import type { LinkStatus } from '../store/store.svelte.ts';

/** Why nothing can be done any more to the sockets that are shown; null while their run goes on. */
export type Over = 'restarted' | 'recording' | null;

export const overSays = {
  restarted: 'The agent was restarted: the sockets of its earlier run are closed.',
  recording: 'A recording: its sockets are long closed, nothing can be sent.',
} as const satisfies Record<NonNullable<Over>, string>;

/** Whether the agent does not answer, so that nothing can be opened. Before the first connection (`met`) it is just on its way. */
export const isAway = ({ is }: LinkStatus, met: boolean): boolean =>
  is === 'lost' || is === 'refused' || is === 'mismatch' || (is === 'connecting' && met);
